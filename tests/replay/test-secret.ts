/** Opens the stored histories, and nothing else in the world: invented activities' results, sealed as in earnest. */
export const replaySecret = Buffer.alloc(32, 'kurator replay fixtures');
