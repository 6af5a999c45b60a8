-- Tells Visavis what becomes of the calls it was asked about. FreeSWITCH runs this for each event that lua.conf.xml
-- names (docs/operate/phone-systems.md). Needs mod_lua and mod_curl. Run in tests by Lua 5.2, never by a FreeSWITCH.

local VISAVIS = "https://visavis:TOKEN@visavis.example.org/api/v1/calls/events?source=pbx"

local function header(name)
  return event:getHeader(name) or ""
end

-- What the answer of Visavis wrote into the caller's leg and those it rings; no other call is of interest.
local call = header("variable_visavis_call")
local ofCaller = header("Unique-ID") == call

local function whatHappened()
  local name = header("Event-Name")
  if ofCaller and name == "CHANNEL_HANGUP_COMPLETE" then
    local answered = tonumber(header("Caller-Channel-Answered-Time")) or 0
    return answered > 0 and "ended" or "missed"
  end
  if ofCaller then return nil end
  if name == "CHANNEL_PROGRESS" or name == "CHANNEL_PROGRESS_MEDIA" then return "ringing" end
  if name == "CHANNEL_ANSWER" then return "answered" end
end

local happened = call ~= "" and whatHappened()
if happened then
  local extension = ofCaller and "" or header("variable_visavis_extension")
  local seconds = math.floor((tonumber(header("Event-Date-Timestamp")) or os.time() * 1000000) / 1000000)
  -- mod_curl undoes percent signs before it sends: nothing here may need any. A plus becomes 00.
  local body = table.concat({
    "id=" .. call .. "-" .. happened .. "-" .. extension,
    "callId=" .. call,
    "event=" .. happened,
    "extension=" .. extension,
    "number=" .. header("Caller-Caller-ID-Number"):gsub("^%+", "00"):gsub("[^0-9]", ""),
    "at=" .. os.date("!%Y-%m-%dT%H:%M:%SZ", seconds),
  }, "&")
  -- In the background: no call waits for it.
  freeswitch.API():execute("bgapi", "curl " .. VISAVIS .. " connect-timeout 2 timeout 5 post " .. body)
end
