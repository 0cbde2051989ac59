export function buildCorpus(profiles?: readonly string[]): Promise<string>;
