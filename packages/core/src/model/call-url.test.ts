import { describe, expect, it } from "@jest/globals";
import { isCallUrl } from "./call-url.js";

describe("call links", () => {
  it.each([
    "https://call.whatsapp.com/voice/AbC123", "https://call.whatsapp.com/video/AbC-_123", "https://call.whatsapp.com/video/AbC123?x=1",
    "whatsapp://call/voice/AbC123", "whatsapp://call/video/AbC123",
    "https://www.whatsapp.com/?cmd=call_link&call_type=voice&call_token=AbC", "whatsapp://send?cmd=call_link&call_type=video&call_token=AbC",
  ])("%s is one that receivers accept", (text) => expect(isCallUrl(text)).toBe(true));

  it.each([
    "", "voice", "https://meet.example.com/abc", "https://us02web.zoom.us/j/123", "https://call.whatsapp.com/", "https://call.whatsapp.com/voice", "https://call.whatsapp.com/voice/", "https://call.whatsapp.com/chat/AbC",
    "http://call.whatsapp.com/voice/AbC", "ftp://call.whatsapp.com/voice/AbC", "//call.whatsapp.com/voice/AbC", "call.whatsapp.com/voice/AbC",
    "https://call.whatsapp.com.evil.example/voice/AbC", "https://evil.example/call.whatsapp.com/voice/AbC", "https://call.whatsapp.com@evil.example/voice/AbC", "https://user:pw@call.whatsapp.com/voice/AbC", "https://@call.whatsapp.com/voice/AbC",
    "https://call.whatsapp.com:8443/voice/AbC", "https://call.whatsapp.com/voice/AbC/more", "https://call.whatsapp.com/voice/..", "https://call.whatsapp.com/x/../voice/AbC", "https://call.whatsapp.com/%2e%2e/voice/AbC", "https://call.whatsapp.com/voice/%41bC",
    "https:\\\\call.whatsapp.com\\voice\\AbC", " https://call.whatsapp.com/voice/AbC", "https://call.whatsapp.com/voice/AbC ", "https://call.whatsapp.com/voice/Ab\nC", "https://call.whatsapp.com/voice/Ab\tC", "https:call.whatsapp.com/voice/AbC",
    "whatsapp://call/voice", "whatsapp://call/chat/AbC", "whatsapp://join/voice/AbC", "javascript:call/voice/AbC",
    "https://www.whatsapp.com/?cmd=call_link&call_type=voice", "https://www.whatsapp.com/?cmd=call_link&call_type=chat&call_token=A", "https://www.whatsapp.com/?cmd=other&call_type=voice&call_token=A", "http://www.whatsapp.com/?cmd=call_link&call_type=voice&call_token=A",
    `https://call.whatsapp.com/voice/${"a".repeat(2048)}`,
  ])("%j is none, so the invitation would be lost", (text) => expect(isCallUrl(text)).toBe(false));
});
