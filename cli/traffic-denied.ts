export async function trafficDeniedCommand(_files: readonly string[], _options: object): Promise<void> {}
