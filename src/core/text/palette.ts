/**
 * The few colours of the design tokens (src/web/ui/tokens.css) that a mail needs, by day and by night: mail programs know
 * no custom properties. A test holds the two against each other.
 */
export const palette = {
  light: { paper: '#faf7f0', ink: '#26221d', soft: '#625a4f', rule: '#e0d8c8' },
  dark: { paper: '#1a1815', ink: '#ebe5d9', soft: '#b5ab9b', rule: '#3b362f' },
} as const;
