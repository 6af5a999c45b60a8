const kinds: Record<string, string> = {
  CC: 'Communauté de communes',
  CA: 'Communauté d’agglomération',
  CU: 'Communauté urbaine',
};

/** "CC du Grand Pontarlier" as people say it: "Communauté de communes du Grand Pontarlier". */
export function epciInFull(name: string): string {
  return name.replace(/^(CC|CA|CU) /, (_, kind: string) => `${kinds[kind]} `);
}
