/** One text in both languages; `{name}` marks what is filled in; in French `{de name}` and `{à name}` join it as it begins. */
export interface Both {
  fr: string;
  en: string;
}
export type Catalogue = Readonly<Record<string, Both>>;
