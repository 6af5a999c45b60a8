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
  /** Calls a second that all trunks together may begin; more are told to come back later. */
  callsPerSecond: number;
  /** How long a caller waits for Visavis before the held list rings (ms); 300 when left out. */
  answerWithinMs?: number;
  /** Marks the way back of every call that was let in; the same again after a restart, or calls under way cannot be ended. */
  callKey: string;
  /** For `tls:` in `listen`: files in PEM. */
  tls?: { certificate: string; key: string } | undefined;
  /** Set: advisors' phones register here, under their number in E.164. */
  registrar?: { realm: string } | undefined;
  /** Calls to the outside from the advisors' phones; left out, there are none. */
  outgoing?:
    | {
        /** What whoever is called sees, in E.164: the one number. */
        number: string;
        /** Where calls to the outside go. */
        carrier: string;
        /** Addresses or networks of the switch the phones are on; with a registrar the phones prove who they are. */
        phones: readonly string[];
        /** Hides from the carrier whose phone calls; the same again after a restart, or calls under way cannot be ended. */
        maskKey: string;
        /** How long an advisor's own phone rings before their call is given up (ms); 25 s when left out. */
        ownPhoneRingsMs?: number;
      }
    | undefined;
  /** A door for switches that can only follow redirects; left out, there is none. */
  redirect?:
    | {
        /** Where it is: `udp:192.0.2.10:5070`. */
        listen: string;
        /** Addresses or networks of the switches that may ask. */
        from: readonly string[];
        /** Whom a switch rings when nobody can be named: a SIP address it knows. */
        fallback: string;
      }
    | undefined;
  /** Folder shared with Visavis: ring lists to use without it, passwords of phones, and the accounting of calls. */
  folder?: string | undefined;
}

/** A condition on who sent this; never true without addresses. */
export const isFrom = (addresses: readonly string[]): string =>
  addresses.map((address) => `src_ip==${address}`).join(' || ');
