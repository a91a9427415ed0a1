/**
 * How many generated examples a property gets: `npm run verify:long` asks for many times as many as every run of the
 * tests can afford, each time with other seeds.
 */
export const runs = (usual: number): number => Math.ceil(usual * Number(process.env['KURATOR_TEST_RUNS'] ?? 1));
