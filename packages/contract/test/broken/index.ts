import type { BrokenProvider } from "./break.js";
import { deniesWhatItCan } from "./denies-what-it-can.js";
import { claimsWithoutSource } from "./claims-without-source.js";
import { leavesItsSchemaOpen } from "./leaves-its-schema-open.js";
import { opensWithARequest } from "./opens-with-a-request.js";
import { ignoresUnknownSettings } from "./ignores-unknown-settings.js";
import { namesOneMissingSettingAtATime } from "./names-one-missing-setting-at-a-time.js";
import { repeatsABadCredential } from "./repeats-a-bad-credential.js";
import { changesItsConfiguration } from "./changes-its-configuration.js";
import { writesWhileProbing } from "./writes-while-probing.js";
import { claimsMoreWhenProbed } from "./claims-more-when-probed.js";
import { throwsWhenNotReady } from "./throws-when-not-ready.js";
import { callsWrongCredentialsReady } from "./calls-wrong-credentials-ready.js";
import { changesItsArguments } from "./changes-its-arguments.js";
import { mixesCalls } from "./mixes-calls.js";
import { swallowsRepetitions } from "./swallows-repetitions.js";
import { resolvesBeforeTheVendorActed } from "./resolves-before-the-vendor-acted.js";
import { dropsTheQuote } from "./drops-the-quote.js";
import { dropsLines } from "./drops-lines.js";
import { claimsAFieldThatItLacks } from "./claims-a-field-that-it-lacks.js";
import { cutsLongTitles } from "./cuts-long-titles.js";
import { escapesText } from "./escapes-text.js";
import { countsSecondsIn32Bits } from "./counts-seconds-in-32-bits.js";
import { convertsThroughWallClocks } from "./converts-through-wall-clocks.js";
import { readsMillisecondsAsSeconds } from "./reads-milliseconds-as-seconds.js";
import { repairsNumbers } from "./repairs-numbers.js";
import { cutsALidIntoAPhone } from "./cuts-a-lid-into-a-phone.js";
import { takesChannelsForPeople } from "./takes-channels-for-people.js";
import { losesWhatAnEditLeftOut } from "./loses-what-an-edit-left-out.js";
import { editsTheNewestMessage } from "./edits-the-newest-message.js";
import { cancelsWithOtherWords } from "./cancels-with-other-words.js";
import { answersMaybeAsGoing } from "./answers-maybe-as-going.js";
import { sortsOptions } from "./sorts-options.js";
import { ignoresTheChosenId } from "./ignores-the-chosen-id.js";
import { isSureOfNothing } from "./is-sure-of-nothing.js";
import { showsTheWebhookAddress } from "./shows-the-webhook-address.js";
import { fearsReading } from "./fears-reading.js";
import { showsLessTogether } from "./shows-less-together.js";
import { trustsASuccessWithoutId } from "./trusts-a-success-without-id.js";
import { callsALostAnswerNotSent } from "./calls-a-lost-answer-not-sent.js";
import { repeatsASend } from "./repeats-a-send.js";
import { followsRedirects } from "./follows-redirects.js";
import { throwsAForeignError } from "./throws-a-foreign-error.js";
import { quotesTheVendor } from "./quotes-the-vendor.js";
import { doubtsAProvenRefusal } from "./doubts-a-proven-refusal.js";
import { trustsAServerError } from "./trusts-a-server-error.js";
import { forgetsLostUpdates } from "./forgets-lost-updates.js";
import { ignoresTheSignal } from "./ignores-the-signal.js";
import { asksForACallerWhoHasGone } from "./asks-for-a-caller-who-has-gone.js";
import { callsADeadlineACancellation } from "./calls-a-deadline-a-cancellation.js";
import { acceptsAnyAccountsSignature } from "./accepts-any-accounts-signature.js";
import { acceptsWithoutProof } from "./accepts-without-proof.js";
import { repeatsTheWrongProof } from "./repeats-the-wrong-proof.js";
import { readsAnUndecryptableAnswerAsNo } from "./reads-an-undecryptable-answer-as-no.js";
import { readsClearedAsNotGoing } from "./reads-cleared-as-not-going.js";
import { guessesUnknownWords } from "./guesses-unknown-words.js";
import { throwsOnUnknownKinds } from "./throws-on-unknown-kinds.js";
import { keepsPrivateChat } from "./keeps-private-chat.js";
import { takesItsOwnCardForAnothers } from "./takes-its-own-card-for-another-s.js";
import { takesReadForDelivered } from "./takes-read-for-delivered.js";
import { takesTheDeliveryIdForTheSource } from "./takes-the-delivery-id-for-the-source.js";
import { forgetsTheEditionOfVotes } from "./forgets-the-edition-of-votes.js";
import { foldsTheCaseOfIds } from "./folds-the-case-of-ids.js";
import { givesTheVendorsSpellingOfAnId } from "./gives-the-vendors-spelling-of-an-id.js";
import { givesTheVendorsSpellingOfAChat } from "./gives-the-vendors-spelling-of-a-chat.js";
import { letsAPlaceholderClaim } from "./lets-a-placeholder-claim.js";
import { takesNumbersForIds } from "./takes-numbers-for-ids.js";
import { leaksTheKeyInACause } from "./leaks-the-key-in-a-cause.js";
import { leaksTheKeyInAMessage } from "./leaks-the-key-in-a-message.js";
import { showsItsConfiguration } from "./shows-its-configuration.js";
import { logs } from "./logs.js";
import { keepsATimer } from "./keeps-a-timer.js";
import { closesTheSharedClient } from "./closes-the-shared-client.js";
import { closesOnceOnly } from "./closes-once-only.js";
import { sharesStateBetweenAccounts } from "./shares-state-between-accounts.js";
import { sharesTheOwnId } from "./shares-the-own-id.js";
import { comparesDecodedText } from "./compares-decoded-text.js";
import { hidesGroups } from "./hides-groups.js";
import { repeatsOverHttp } from "./repeats-over-http.js";
import { unwrapsTheKey } from "./unwraps-the-key.js";
import { takesASecondArrivalForASecondAnswer } from "./takes-a-second-arrival-for-a-second-answer.js";
import { datesAnswersByTheirArrival } from "./dates-answers-by-their-arrival.js";
import { makesSureWhenItIsAskedAgain } from "./makes-sure-when-it-is-asked-again.js";
import { forgetsEditsThatWereCutOff } from "./forgets-edits-that-were-cut-off.js";
import { closesWhatFollowsIt } from "./closes-what-follows-it.js";
import { editsOnlyWhatItRemembers } from "./edits-only-what-it-remembers.js";
import { namesItsKeyWhenAnEditIsRefused } from "./names-its-key-when-an-edit-is-refused.js";
import { saysWhichProofItExpected } from "./says-which-proof-it-expected.js";

/** Providers that each break one promise, in the order of the groups. */
export const BROKEN: readonly BrokenProvider[] = [
  deniesWhatItCan,
  claimsWithoutSource,
  leavesItsSchemaOpen,
  opensWithARequest,
  ignoresUnknownSettings,
  namesOneMissingSettingAtATime,
  repeatsABadCredential,
  changesItsConfiguration,
  writesWhileProbing,
  claimsMoreWhenProbed,
  throwsWhenNotReady,
  callsWrongCredentialsReady,
  changesItsArguments,
  mixesCalls,
  swallowsRepetitions,
  resolvesBeforeTheVendorActed,
  dropsTheQuote,
  dropsLines,
  claimsAFieldThatItLacks,
  cutsLongTitles,
  escapesText,
  countsSecondsIn32Bits,
  convertsThroughWallClocks,
  readsMillisecondsAsSeconds,
  repairsNumbers,
  cutsALidIntoAPhone,
  takesChannelsForPeople,
  losesWhatAnEditLeftOut,
  editsTheNewestMessage,
  cancelsWithOtherWords,
  answersMaybeAsGoing,
  sortsOptions,
  ignoresTheChosenId,
  isSureOfNothing,
  showsTheWebhookAddress,
  fearsReading,
  showsLessTogether,
  trustsASuccessWithoutId,
  callsALostAnswerNotSent,
  repeatsASend,
  followsRedirects,
  throwsAForeignError,
  quotesTheVendor,
  doubtsAProvenRefusal,
  trustsAServerError,
  forgetsLostUpdates,
  ignoresTheSignal,
  asksForACallerWhoHasGone,
  callsADeadlineACancellation,
  makesSureWhenItIsAskedAgain,
  forgetsEditsThatWereCutOff,
  acceptsAnyAccountsSignature,
  acceptsWithoutProof,
  repeatsTheWrongProof,
  readsAnUndecryptableAnswerAsNo,
  readsClearedAsNotGoing,
  guessesUnknownWords,
  throwsOnUnknownKinds,
  keepsPrivateChat,
  takesItsOwnCardForAnothers,
  takesReadForDelivered,
  takesTheDeliveryIdForTheSource,
  forgetsTheEditionOfVotes,
  foldsTheCaseOfIds,
  givesTheVendorsSpellingOfAnId,
  givesTheVendorsSpellingOfAChat,
  letsAPlaceholderClaim,
  takesNumbersForIds,
  takesASecondArrivalForASecondAnswer,
  datesAnswersByTheirArrival,
  leaksTheKeyInACause,
  leaksTheKeyInAMessage,
  showsItsConfiguration,
  logs,
  namesItsKeyWhenAnEditIsRefused,
  saysWhichProofItExpected,
  keepsATimer,
  closesTheSharedClient,
  closesOnceOnly,
  sharesStateBetweenAccounts,
  sharesTheOwnId,
  comparesDecodedText,
  closesWhatFollowsIt,
  editsOnlyWhatItRemembers,
  hidesGroups,
  repeatsOverHttp,
  unwrapsTheKey,
];
