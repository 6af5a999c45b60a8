/** Visavis has this long for an answer, when the operator says nothing else. */
export const ANSWER_WITHIN_MS = 300;

/**
 * Asks Visavis and lets the call wait for the answer; what follows in the configuration is for when nobody can be asked.
 * `past` names all this call went through, so that whichever process answers knows it.
 */
export function ask(event: 'invited' | 'again', withinMs: number): string {
  return `  # Visavis has this long (ms).
  t_set_fr("30000","${withinMs}");
  $sht(asked=>$T(id_index):$T(id_label)) = "" + $avp(ask);
  if (t_suspend()) {
    evapi_relay("{\\"event\\":\\"${event}\\",\\"t\\":\\"$TV(Sn)\\",\\"tindex\\":\\"$T(id_index)\\",\\"tlabel\\":\\"$T(id_label)\\",\\"ask\\":\\"$avp(ask)\\",\\"id\\":\\"$avp(id)\\",\\"from\\":\\"$avp(from)\\",\\"invited\\":\\"$avp(invited)\\",\\"door\\":\\"$avp(door)\\",\\"n\\":\\"$avp(n)\\",\\"step\\":\\"$avp(step)\\",\\"past\\":\\"$avp(past)\\"}");
    exit;
  }`;
}
