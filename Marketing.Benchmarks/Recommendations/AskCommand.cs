using System.Diagnostics;
using System.Globalization;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations;
using Marketing.Recommendations.Answers;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>
/// <c>-- ask DIR [count]</c>: measures sequential in-process recommendations on a data directory that no other process has open, or on
/// the servers in <c>ConnectionStrings__…</c>.
/// </summary>
/// <remarks>
/// Each is for a different user and so uncached; then the last of them repeat from the cache. Also prints the time of each step.
/// </remarks>
internal static class AskCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0)
        {
            await Console.Error.WriteLineAsync("Usage: ask DIR [count], where DIR is a data directory.");
            return 2;
        }

        using var host = Build(args[0]);
        await host.StartAsync();
        var models = host.Services.GetRequiredService<IModelRefresher>();
        await models.RefreshAsync(default);
        var clock = Stopwatch.StartNew();
        await models.LearnAsync(default);
        Console.WriteLine($"learned in {clock.Elapsed.TotalSeconds:0.0} s");

        var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        var users = await UsersAsync(host.Services.GetRequiredService<IInteractionGraph>(), 2 * count);
        var recommender = host.Services.GetRequiredService<IRecommender>();
        await MeasureAsync(recommender, users[..count]);
        using (var steps = new StepTimes())
        {
            Print("uncached", await MeasureAsync(recommender, users[count..]));
            steps.Print(count);
        }

        var last = Enumerable.Repeat(users[^1], count).ToArray();
        await MeasureAsync(recommender, last);
        Print("cached", await MeasureAsync(recommender, last));
        return 0;
    }

    private static IHost Build(string directory)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection([new("Storage:DataDirectory", directory)]);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores();
        builder.AddMarketingRecommender();
        return builder.Build();
    }

    /// <summary>Active users, spread evenly over all users.</summary>
    private static async Task<UserId[]> UsersAsync(IInteractionGraph graph, int count)
    {
        var users = new HashSet<UserId>();
        await foreach (var edges in graph.ScanAsync(10_000, default))
        {
            users.UnionWith(edges.Select(edge => edge.UserId));
        }

        var shuffled = users.Order().ToArray();
        new Random(1).Shuffle(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }

    private static async Task<double[]> MeasureAsync(IRecommender recommender, UserId[] users)
    {
        var microseconds = new double[users.Length];
        for (var i = 0; i < users.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await recommender.RecommendAsync(new RecommendationRequest(users[i], 5, recommender.DefaultStrategy), default);
            microseconds[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        return microseconds;
    }

    private static void Print(string what, double[] microseconds)
    {
        Array.Sort(microseconds);
        Console.WriteLine(
            $"{what,-28} mean {microseconds.Average(),8:N1} µs  p50 {At(microseconds, 0.5),8:N1}  p99 {At(microseconds, 0.99),8:N1}  max {microseconds[^1],8:N1}");
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
