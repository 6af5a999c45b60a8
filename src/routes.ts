import { health, metrics } from './web/health.ts';
import { get, type Route } from './web/route.ts';

/** Every URL of the product. Each room keeps its own part; the tests walk this list (who may open what, page weights). */
export const routes: readonly Route[] = [get('/healthz', 'anyone', health), get('/metrics', 'anyone', metrics)];
