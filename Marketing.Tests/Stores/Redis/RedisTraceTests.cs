using System.Diagnostics;
using Marketing.Stores.Redis;
using Marketing.Tests.Servers;
using Marketing.Tests.Telemetry;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using StackExchange.Redis;

namespace Marketing.Tests.Stores.Redis;

public sealed class RedisTraceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_drivers_commands_are_spans_that_quote_no_key()
    {
        var spans = new SpanCollector();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", await Server.RequiredAsync("redis"))]);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        spans.AddTo(builder.Services);
        builder.AddRedisCache();
        var host = builder.Build();
        _ = host.Services.GetRequiredService<TracerProvider>();
        using var caller = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var cache = host.Services.GetRequiredService<IDistributedCache>();
        await cache.SetAsync("private-person", "confidential"u8.ToArray(), Cancel);
        await cache.RemoveAsync("private-person", Cancel);
        await ((IAsyncDisposable)host).DisposeAsync();

        var ofDriver = spans.Of(caller.TraceId);
        Assert.Contains(ofDriver, span => span.DisplayName.StartsWith("UNLINK", StringComparison.Ordinal) || span.DisplayName.StartsWith("DEL", StringComparison.Ordinal));
        Assert.All(ofDriver.Select(SpanCollector.TextOf), text =>
        {
            Assert.DoesNotContain("private-person", text, StringComparison.Ordinal);
            Assert.DoesNotContain("confidential", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_recommendation_says_which_level_of_the_cache_it_came_from()
    {
        var redis = await Server.RequiredAsync("redis");
        var spans = new SpanCollector();
        using var provider = spans.Listen();
        await using var first = await CacheProcess.StartAsync(redis, "of-first");
        await using var second = await CacheProcess.StartAsync(redis, "of-second");
        var user = $"user-{Guid.NewGuid():N}";
        using var caller = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        await first.AskAsync(user);
        await first.AskAsync(user);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(redis))
        {
            await Eventually.TrueAsync("the answer is in the second level", () => Task.FromResult(
                connection.GetServers().SelectMany(one => one.Keys(pattern: $"*{user}*")).Any()));
        }

        await second.AskAsync(user);
        await second.AskAsync(user);

        Assert.Equal(
            [("miss", null), ("hit", "memory"), ("hit", "distributed"), ("hit", "memory")],
            spans.Of(caller.TraceId).Where(span => span.OperationName == "recommend")
                .Select(span => ((string?)span.GetTagItem("marketing.cache"), (string?)span.GetTagItem("marketing.cache.level"))));
    }
}
