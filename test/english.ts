/** Words no French sentence has. What is typed (`visavis advisor list`, `--handover`), files, addresses and fields are not read. */
const ENGLISH =
  /\b(the|this|that|there|their|they|with|without|and|of|in|is|are|was|has|have|may|must|cannot|not|nothing|nobody|more|who|whom|what|which|when|before|after|from|by|for|every|one|two|no|yes|days?|years?|customers?|advisors?|backups?|changed|lines?|columns?|written|read|write|give|name|names|needs?|missing|wrong|unknown|expected|invalid|must|left|kept|mean|own|calls?|someone|somebody|number|works?|see|run|first|last|share|whole|again|now|to|it|its|at|off|take|than|where|how|all|only|each|new|into|through|out|over|under)\b/gi;

/** The English words that a sentence for a French reader still has. */
export function englishWordsIn(text: string): string[] {
  const sentences = text
    .replace(/visavis [a-z-]+( [a-z-]+)?/g, '')
    .replace(/--[a-z-]+/g, '')
    .replace(/\S*[@/]\S*|\S+\.(json|csv|cfg|svg|html)\b/g, '')
    .replace(/^- \S+|\b\w+\.\w+\b/gm, '')
    .replace(/«[^»]*»|"[^"\n]*"|“[^”]*”/g, '');
  return [...sentences.matchAll(ENGLISH)].map(([word]) => word);
}
