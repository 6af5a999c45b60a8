/** One text in both languages; `{name}` marks what is filled in. */
export interface Both {
  fr: string;
  en: string;
}
export type Catalogue = Readonly<Record<string, Both>>;
