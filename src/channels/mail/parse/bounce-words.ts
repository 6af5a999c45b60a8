// The sentences by which delivery reports are known. Each was seen in a real report; none is a sentence people write.

/** Subjects of reports. */
export const reportSubject =
  /returned mail|undeliver(?:able|ed)|delivery (?:status )?(?:notification|failure|has failed|report|error)|failure notice|mail(?: could not be)? (?:delivery )?(?:failed|failure)|(?:message|mail) delivery (?:has )?(?:failed|delayed|error)|mail system error|error sending your mail|warning(?:: |--)(?:could not|message)|delayed mail|non remis|non distribu|unzustellbar|nicht zugestellt|не доставлено|配信できません|メールエラー通知|returning message to sender|bounce message|loop alert|not member|nondeliverable|rejected mail/i;

/** What a report says in its first lines. */
export const failureWords =
  /could ?n[o']t be delivered|could not be (?:sent|delivered)|(?:was|were|not) (?:able to )?(?:be )?deliver(?:ed)?(?: to)?|unable to deliver|was ?n[o']t able to deliver|undeliverable|delivery (?:to the following|has failed|failed|failure|attempts)|delivery (?:problems|errors)|permanent (?:fatal |delivery )?errors?\b|fatal errors|did not reach the following|returned (?:message|below)|error (?:occurred )?while (?:trying|attempting) to deliver|trouble delivering|unrecoverable error|rejected by a remote mail server|unknown user|invalid user address|no such user|user unknown|mailbox is (?:full|unavailable)|no valid recipients|failure reasons|message that you sent could not|had permanent|had transient|не может быть доставлен|送信できませんでした|送信に失敗|配信できません|投稿できなかった|メールボックスが一杯|n'a pas pu être (?:remis|livré|distribué|délivré)|ne peut être remis|konnte nicht zugestellt|no se (?:ha podido|pudo) entregar|non è stato possibile (?:consegnare|recapitare)|are not member|mailbox(?:es)? (?:is )?over quota|Diagnostic-Code:|Final-Recipient:/i;

/** Not yet failed. */
export const delayWords =
  /delayed mail|still being retried|will (?:keep|continue) (?:on )?(?:to )?(?:try|trying|retry)|delivery (?:is |has been |was |status: )?delayed|warning(?:: |--)(?:could not send|message)[^\n]{0,60}(?:delayed|still|hours|past)|message .{0,60}delayed|no action is required|temporarily delayed|has not yet been delivered|not yet been delivered|you do not need to resend/i;

/** Where the returned mail begins. */
export const originalStarts =
  /^[ \t>|]{0,12}(?:-{2,60}[ \t]{0,9}(?:(?:this is |here is |below is |begin |start of )?(?:a copy of )?(?:the |your )?(?:(?:original|returned|unsent|undelivered|failed) (?:message|mail|headers|text)|message (?:header|log|returned)[^\r\n]{0,40}|body of|original)|below this line is|forwarded)[^\r\n]{0,80}|original message follows|\*{1,9}[ \t]?original message|received:[ \t]|return-path:[ \t]|-{3,60}[ \t]{0,9}original message)/im;
