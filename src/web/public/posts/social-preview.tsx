import { postSummary } from '../../../core/text/post-html.ts';
import type { PostVersionRead, WholePost } from '../../../desk/views/post.ts';
import type { WebContext } from '../../route.ts';
import type { Scene } from '../../ui/page.tsx';
import { labelledTitle } from './label.ts';

interface PreviewProps {
  c: WebContext;
  scene: Scene;
  post: WholePost;
  said: PostVersionRead;
}

/** What other sites show when someone passes the address on: the label stands before the title there too. */
export function Preview({ c, scene: { say, locale, operator }, post, said }: PreviewProps) {
  const { origin } = c.var.house.config;
  const image = post.images[0];
  const size = image?.sizes.findLast(({ width }) => width <= 960) ?? image?.sizes[0];
  const summary = postSummary(said.markdown, 160);
  return (
    <>
      <link rel="canonical" href={`${origin}/${locale}/posts/${post.slug}`} />
      {[...new Set(post.versions.map((version) => version.locale))].map((each) => (
        <link key={each} rel="alternate" hreflang={each} href={`${origin}/${each}/posts/${post.slug}`} />
      ))}
      <meta name="description" content={summary} />
      <meta name="author" content={post.authorName} />
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={operator.name} />
      <meta property="og:title" content={labelledTitle(say, { ...post, title: said.title })} />
      <meta property="og:description" content={summary} />
      <meta property="og:url" content={`${origin}/${locale}/posts/${post.slug}`} />
      {image && size ? (
        <>
          <meta property="og:image" content={`${origin}/image/${image.id}/${size.width}.webp`} />
          <meta property="og:image:width" content={String(size.width)} />
          <meta property="og:image:height" content={String(size.height)} />
          <meta property="og:image:alt" content={image.alt} />
        </>
      ) : null}
    </>
  );
}
