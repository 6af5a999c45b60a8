import { LRUCache } from 'lru-cache';
import type { House } from '../../desk/house.ts';

/** What a page takes besides its bytes. */
const ROUND_A_PAGE = 1_000;

/** Pages kept in memory for each house, in so many bytes at most; whatever was not asked for longest is forgotten first. */
export function keptPages<Page extends object>(
  mostBytes: number,
  bytesOf: (page: Page) => Uint8Array,
): (house: House) => LRUCache<string, Page> {
  const kept = new WeakMap<House, LRUCache<string, Page>>();
  return (house) => {
    const pages =
      kept.get(house) ??
      new LRUCache<string, Page>({
        maxSize: mostBytes,
        sizeCalculation: (page) => bytesOf(page).length + ROUND_A_PAGE,
      });
    kept.set(house, pages);
    return pages;
  };
}
