/** What an operator says about their telephones. Addresses are `host:port` unless said otherwise. */
export interface TelephonySettings {
  /** Where Kamailio takes calls: `udp:192.0.2.10:5060`, `tls:192.0.2.10:5061`. */
  listen: readonly string[];
  /** Addresses or networks calls may come from: the carrier's trunks. */
  trunks: readonly string[];
  /** Where Kamailio and Visavis talk to each other; keep it on loopback. */
  evapi: string;
  /** Who is rung when Visavis is silent and no list is held: a SIP address. */
  fallback: string;
  /** Country code of numbers that begin with a single 0. */
  country: string;
  /** Calls a second that one trunk may begin; more are told to come back later. */
  callsPerSecond: number;
  /** How long a caller waits for Visavis before the held list rings (ms); 300 when left out. */
  answerWithinMs?: number;
  /** For `tls:` in `listen`: files in PEM. */
  tls?: { certificate: string; key: string } | undefined;
  /** Set: advisors' phones register here, under their number in E.164. */
  registrar?: { realm: string } | undefined;
  /** Folder shared with Visavis: ring lists to use without it, passwords of phones, and the accounting of calls. */
  folder?: string | undefined;
}
