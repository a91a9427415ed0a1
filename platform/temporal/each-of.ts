/** Does something with each item, so many at a time. */
export async function eachOf<T>(
  items: readonly T[],
  sideBySide: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
}
