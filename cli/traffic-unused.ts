export async function trafficUnusedCommand(_files: readonly string[], _options: object): Promise<void> {}
