type Child = Node | string | null;

/** An element with its attributes and children; texts are texts, never markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | boolean | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (typeof value === 'string') made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function button(label: string, look: 'primary' | 'plain' | 'link', press: () => void): HTMLButtonElement {
  const made = el('button', { type: 'button', class: look }, label);
  made.addEventListener('click', press);
  return made;
}
