import type { Child } from 'hono/jsx';

/** A line of what is on file: what it is, and what it says. */
export function Row({ label, children }: { label: string; children: Child }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** "Change", and for whoever cannot see the line above it, what. */
export function Way({ href, change, what }: { href: string; change: string; what: string }) {
  return (
    <p>
      <a href={href}>
        {change} <span class="unseen">{what}</span>
      </a>
    </p>
  );
}
