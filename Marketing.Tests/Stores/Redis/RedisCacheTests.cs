using Marketing.Tests.Servers;
using StackExchange.Redis;

namespace Marketing.Tests.Stores.Redis;

public sealed class RedisCacheTests : IAsyncLifetime
{
    private ConnectionMultiplexer? _redis;
    private string _connectionString = "";

    public async ValueTask InitializeAsync()
    {
        _connectionString = await Server.RequiredAsync("redis");
        _redis = await ConnectionMultiplexer.ConnectAsync(_connectionString);
    }

    [Fact]
    public async Task What_one_process_computed_the_other_need_not()
    {
        await using var first = await CacheProcess.StartAsync(_connectionString, "of-first");
        await using var second = await CacheProcess.StartAsync(_connectionString, "of-second");
        string user = NewUser();
        Assert.Equal("of-first", await first.AskAsync(user));
        await SharedAsync(user);
        Assert.Equal("of-first", await second.AskAsync(user));
        Assert.Equal("of-second", await second.AskAsync(NewUser()));
    }

    [Fact]
    public async Task An_answer_invalidated_in_one_process_is_computed_anew_in_the_other()
    {
        await using var first = await CacheProcess.StartAsync(_connectionString, "before");
        await using var second = await CacheProcess.StartAsync(_connectionString, "of-second");
        await ListenersAsync(2);
        string user = NewUser(), other = NewUser();
        Assert.Equal("before", await first.AskAsync(user));
        Assert.Equal("before", await first.AskAsync(other));
        await SharedAsync(user);
        first.AnswerText = "since";
        Assert.Equal("before", await first.AskAsync(user));

        await second.InvalidateAsync(user);

        await Eventually.TrueAsync("the first answers anew", async () => await first.AskAsync(user) == "since");
        Assert.Equal("before", await first.AskAsync(other));
    }

    [Fact]
    public async Task A_worker_that_does_not_recommend_invalidates_in_the_process_that_does()
    {
        await using var api = await CacheProcess.StartAsync(_connectionString, "before");
        await using var worker = await CacheProcess.StartWorkerAsync(_connectionString);
        await ListenersAsync(1);
        string user = NewUser();
        Assert.Equal("before", await api.AskAsync(user));
        await SharedAsync(user);
        api.AnswerText = "since";

        await worker.InvalidateAsync(user);

        await Eventually.TrueAsync("the API answers anew", async () => await api.AskAsync(user) == "since");
    }

    [Fact]
    public async Task The_models_job_of_a_worker_asks_every_process_that_recommends_to_relearn()
    {
        await using var first = await CacheProcess.StartAsync(_connectionString, "first");
        await using var second = await CacheProcess.StartAsync(_connectionString, "second");
        await using var worker = await CacheProcess.StartWorkerAsync(_connectionString);
        var requested = Task.WhenAll(first.LearnRequestedAsync(), second.LearnRequestedAsync());

        await Eventually.TrueAsync("both were asked", async () =>
        {
            Assert.StartsWith("Told", await worker.LearnAsync(), StringComparison.Ordinal);
            return requested.IsCompleted;
        });
        await requested;
    }

    [Fact]
    public async Task An_answer_invalidated_in_one_process_is_not_taken_from_the_second_level_by_another()
    {
        await using var first = await CacheProcess.StartAsync(_connectionString, "of-first");
        string user = NewUser();
        Assert.Equal("of-first", await first.AskAsync(user));
        await SharedAsync(user);
        await first.InvalidateAsync(user);
        await using var second = await CacheProcess.StartAsync(_connectionString, "of-second");
        Assert.Equal("of-second", await second.AskAsync(user));
    }

    [Fact]
    public async Task A_redis_that_is_gone_is_nobodys_error_and_is_used_again_when_it_is_back()
    {
        await using var line = new CuttableLine(ConfigurationOptions.Parse(_connectionString).EndPoints[0]);
        await using var first = await CacheProcess.StartAsync(Through(line), "of-first");
        await using var second = await CacheProcess.StartAsync(_connectionString, "of-second");
        await ListenersAsync(2);
        string known = NewUser(), user = NewUser();
        Assert.Equal("of-first", await first.AskAsync(known));

        await line.CutAsync();
        Assert.Equal("of-first", await first.AskAsync(user));
        first.AnswerText = "since";
        await first.InvalidateAsync(known);
        Assert.Equal("since", await first.AskAsync(known));

        line.Mend();
        await Eventually.TrueAsync("answers are shared again", async () =>
        {
            user = NewUser();
            await first.AskAsync(user);
            return await second.AskAsync(user) == "since";
        });
        await ListenersAsync(2);
        first.AnswerText = "last";
        await second.InvalidateAsync(user);
        await Eventually.TrueAsync("invalidations arrive again", async () => await first.AskAsync(user) == "last");
    }

    [Fact]
    public async Task A_redis_that_hangs_is_nobodys_error_either()
    {
        await using var line = new CuttableLine(ConfigurationOptions.Parse(_connectionString).EndPoints[0]);
        await using var process = await CacheProcess.StartAsync(Through(line), "of-first");
        string[] users = [.. Enumerable.Range(0, 300).Select(_ => NewUser())];
        line.Hold();
        await process.InvalidateAsync(users);
        foreach (string user in users)
        {
            Assert.Equal("of-first", await process.AskAsync(user));
        }

        line.Release();
    }

    [Fact]
    public async Task A_process_starts_and_answers_without_its_redis()
    {
        await using var process = await CacheProcess.StartAsync("127.0.0.1:1", "of-first");
        string user = NewUser();
        Assert.Equal("of-first", await process.AskAsync(user));
        process.AnswerText = "since";
        await process.InvalidateAsync(user);
        Assert.Equal("since", await process.AskAsync(user));
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private static string NewUser() => $"user-{Guid.NewGuid():N}";

    /// <summary>Returns the connection string of the same Redis through the proxy.</summary>
    private string Through(CuttableLine line)
    {
        var options = ConfigurationOptions.Parse(_connectionString);
        options.EndPoints.Clear();
        options.EndPoints.Add(line.Address);
        return options.ToString(includePassword: true);
    }

    /// <summary>Waits until an answer is in the second level, because it is returned before that.</summary>
    private Task SharedAsync(string user) => Eventually.TrueAsync(
        "the answer is in the second level",
        () => Task.FromResult(_redis!.GetServers().SelectMany(server => server.Keys(pattern: $"*{user}*")).Any()));

    private Task ListenersAsync(int count) => Eventually.TrueAsync(
        $"{count} processes listen",
        async () => await _redis!.GetServers()[0].SubscriptionSubscriberCountAsync(RedisChannel.Literal("marketing:invalidated")) >= count);
}
