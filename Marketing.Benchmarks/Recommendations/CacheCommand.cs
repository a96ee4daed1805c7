using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Marketing.Domain;
using Marketing.Ingest.Generate;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>
/// <c>-- cache [--requests 40000]</c>: measures how much work the cache saves, in memory alone and with the Redis in
/// <c>ConnectionStrings__redis</c> as second level.
/// </summary>
/// <remarks>
/// The load is skewed (Zipf, exponent 1, over ten thousand users), and a load balancer spreads it over four processes. They are hosts
/// in this process, each with the same world.
/// </remarks>
internal static class CacheCommand
{
    private const int Processes = 4;
    private const int Users = 10_000;
    private const int Campaigns = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        var option = Array.IndexOf(args, "--requests");
        var requests = option < 0 ? 40_000 : int.Parse(args[option + 1], CultureInfo.InvariantCulture);
        var redis = new ConfigurationBuilder().AddEnvironmentVariables().Build().GetConnectionString("redis");
        Console.WriteLine("| cache | requests | computed | hit rate | mean answer, µs | p99, µs |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        await MeasureAsync("memory of each process", redis: null, requests);
        if (!string.IsNullOrEmpty(redis))
        {
            await MeasureAsync("memory, and Redis behind it", redis, requests);
        }

        return 0;
    }

    private static async Task MeasureAsync(string what, string? redis, int requests)
    {
        var worlds = new List<RecommendationWorld>();
        for (var i = 0; i < Processes; i++)
        {
            worlds.Add(await RecommendationWorld.CreateAsync(Users, Campaigns, redis));
        }

        var recommenders = worlds.ConvertAll(world => world.Services.GetRequiredService<IRecommender>());
        var users = new AliasTable([.. Enumerable.Range(1, Users).Select(rank => 1.0 / rank)]);
        var random = new Random(1);
        var computed = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Name == "marketing.recommender.answers")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
            {
                computed += tag is { Key: "cache", Value: "miss" } ? count : 0;
            }
        });
        listener.Start();

        var microseconds = new double[requests];
        for (var i = 0; i < requests; i++)
        {
            var recommender = recommenders[random.Next(Processes)];
            var started = Stopwatch.GetTimestamp();
            await recommender.RecommendAsync(new RecommendationRequest(new UserId($"u-{users.Draw(random)}"), 5, recommender.DefaultStrategy), default);
            microseconds[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {requests:N0} | {computed:N0} | {1 - ((double)computed / requests):P1} | {microseconds.Average():N0} | {microseconds[requests * 99 / 100]:N0} |"));
        foreach (var world in worlds)
        {
            await world.DisposeAsync();
        }
    }
}
