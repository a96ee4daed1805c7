-- Asks for one user after another, each thread for its share of them, with the limit one higher in each round:
-- a (user, limit) comes once, so that no answer is in the cache. A first limit of 0 leaves the limit out.
local threads = 0

function setup(thread)
  thread:set("id", threads)
  threads = threads + 1
end

function init(args)
  users, limit, step = tonumber(args[1]), tonumber(args[2]), tonumber(args[3])
  number = id
end

function request()
  local round = math.floor(number / users)
  local path = string.format("/recommendations/user-%07d", number % users + 1)
  if limit > 0 then
    path = path .. "?limit=" .. (limit + round)
  end
  number = number + step
  return wrk.format("GET", path)
end
