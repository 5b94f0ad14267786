-- Asks Gatehouse about a request, and answers it here unless it is allowed.

local gate = "http://127.0.0.1:8484/auth"
-- Milliseconds for each of the four tries that HAProxy 2.6 makes: a gate that hangs costs a caller ten
-- seconds, one that is down three.
local patience = 2500

local identity = {
  auth_subject = "x-auth-subject", auth_client = "x-auth-client", auth_key_id = "x-auth-key-id",
  auth_method = "x-auth-method", auth_scopes = "x-auth-scopes", auth_roles = "x-auth-roles",
}
-- What tells the caller why; everything else of the answer is between the gate and us.
local told = {
  "www-authenticate", "retry-after", "content-type", "deprecation", "sunset", "link",
}
-- That a legacy method is to end: told with what the API answers as well.
local notices = { deprecation = "deprecation", sunset = "sunset", notice_link = "link" }
-- Of this connection, or of a body that stays here.
local kept = {
  ["connection"] = true, ["content-length"] = true, ["transfer-encoding"] = true,
  ["expect"] = true, ["host"] = true, ["upgrade"] = true, ["te"] = true,
}

-- All values of a header in order; Lua of HAProxy counts them from 0.
local function values(header)
  local list = {}
  local index = 0
  while header and header[index] do
    list[#list + 1] = header[index]
    index = index + 1
  end
  return list
end

local function ask(txn)
  local headers = {}
  for name, header in pairs(txn.http:req_get_headers()) do
    if not kept[name] and not name:match("^x%-forwarded%-") then headers[name] = values(header) end
  end
  headers["x-forwarded-method"] = { txn.f:method() }
  headers["x-forwarded-uri"] = { txn.f:url() }
  headers["x-forwarded-for"] = { txn.f:src() }
  return core.httpclient():get({ url = gate, headers = headers, timeout = patience })
end

core.register_action("gatehouse", { "http-req" }, function(txn)
  local asked, answer = pcall(ask, txn)
  local status = asked and answer and answer.status or 0
  if status == 200 then
    for variable, name in pairs(identity) do
      txn:set_var("txn." .. variable, values(answer.headers[name])[1] or "")
    end
    for variable, name in pairs(notices) do
      local value = values(answer.headers[name])[1]
      if value then txn:set_var("txn." .. variable, value) end
    end
    return
  end
  -- Down, slow or broken: nobody passes, and the caller learns that it is not their fault.
  local reply = txn:reply({ status = 503, reason = "Service Unavailable" })
  if status == 401 or status == 403 then
    reply = txn:reply({ status = status, reason = answer.reason, body = answer.body })
    for _, name in ipairs(told) do
      local value = values(answer.headers[name])[1]
      if value then reply:add_header(name, value) end
    end
  else
    reply:add_header("retry-after", "1")
  end
  txn:done(reply)
end)
