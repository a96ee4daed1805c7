using System.Diagnostics;
using System.Globalization;
using Marketing.Benchmarks.Vectors;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Steps;

/// <summary>
/// <c>-- steps [--users 10000,30000,100000] [--data DIR]</c>: measures how each store query of a recommendation scales with the number of
/// users, with sequential queries on the servers in <c>ConnectionStrings__…</c> (each empty), else on the embedded stores.
/// </summary>
/// <remarks>Each user has two messages and six campaigns.</remarks>
internal static class StepCurveCommand
{
    private const int Campaigns = 1_000;
    private const int MessagesAUser = 2;
    private const int EdgesAUser = 6;
    private const int UsersABatch = 500;
    private const int Asked = 300;
    private const int WarmUp = 50;

    // The limits of the hybrid strategy.
    private const int Neighbors = 40;
    private const int Matches = 80;
    private const int NeighborEdges = 50;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        var option = Array.IndexOf(args, "--users");
        int[] sizes = [.. (option < 0 ? "10000,30000,100000" : args[option + 1]).Split(',').Select(int.Parse).Order()];
        var vectors = VectorWorld.Make(Corpus.Read(Corpus.Find(args)), sizes[^1] * MessagesAUser, Asked + WarmUp, seed: 1);
        var folder = Directory.CreateTempSubdirectory("marketing-steps-");
        try
        {
            using var host = Build(folder.FullName);
            await host.StartAsync();
            Console.WriteLine("| users | latest message p50 / p99 | search p50 / p99 | own edges p50 / p99 | edges of 40 users p50 / p99 | messages written /s | edges written /s |");
            Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
            var filled = 0;
            foreach (var users in sizes)
            {
                var (messages, edges) = await FillAsync(host, vectors, filled, users);
                filled = users;
                await MeasureAsync(host, vectors, users, messages, edges);
            }

            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static IHost Build(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection([new("Storage:DataDirectory", folder)]);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores();
        return builder.Build();
    }

    /// <returns>Messages and edges written per second.</returns>
    private static async Task<(double Messages, double Edges)> FillAsync(IHost host, VectorWorld vectors, int from, int to)
    {
        var index = host.Services.GetRequiredService<IVectorIndex>();
        var graph = host.Services.GetRequiredService<IInteractionGraph>();
        var random = new Random(to);
        TimeSpan writingMessages = default, writingEdges = default;
        foreach (var users in Enumerable.Range(from, to - from).Chunk(UsersABatch))
        {
            var clock = Stopwatch.StartNew();
            await index.UpsertAsync([.. users.SelectMany(user => Messages(user, vectors))], default);
            writingMessages += clock.Elapsed;
            clock.Restart();
            await graph.UpsertAsync([.. users.SelectMany(user => Edges(user, random))], default);
            writingEdges += clock.Elapsed;
        }

        var count = (double)(to - from);
        return (count * MessagesAUser / writingMessages.TotalSeconds, count * EdgesAUser / writingEdges.TotalSeconds);
    }

    private static async Task MeasureAsync(IHost host, VectorWorld vectors, int users, double messages, double edges)
    {
        var index = host.Services.GetRequiredService<IVectorIndex>();
        var graph = host.Services.GetRequiredService<IInteractionGraph>();
        var random = new Random(7);
        string[] times =
        [
            await TimeAsync(_ => index.LatestAsync(User(random.Next(users)), 1, default)),
            await TimeAsync(i => index.SearchAsync(new VectorQuery(vectors.Queries[i], Matches, User(random.Next(users))), default)),
            await TimeAsync(_ => graph.EdgesAsync([User(random.Next(users))], int.MaxValue, default)),
            await TimeAsync(_ => graph.EdgesAsync(
                [.. Enumerable.Range(0, Neighbors).Select(_ => random.Next(users)).Distinct().Select(User)], NeighborEdges, default)),
        ];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {users:N0} | {string.Join(" | ", times)} | {messages:N0} | {edges:N0} |"));
    }

    /// <returns>The median and the 99th percentile, in milliseconds.</returns>
    private static async Task<string> TimeAsync<T>(Func<int, ValueTask<T>> ask)
    {
        var milliseconds = new List<double>(Asked);
        for (var i = 0; i < WarmUp + Asked; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask(i);
            if (i >= WarmUp)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds[Asked / 2]:0.000} / {milliseconds[Asked * 99 / 100]:0.00}");
    }

    private static IEnumerable<MessageVector> Messages(int user, VectorWorld vectors) => Enumerable.Range(0, MessagesAUser).Select(n => new MessageVector(
        new EventId($"m-{user}-{n}"), User(user), null, Start.AddSeconds(n), vectors.Indexed[(user * MessagesAUser) + n], default));

    private static IEnumerable<CampaignEdge> Edges(int user, Random random) => Enumerable.Range(0, EdgesAUser)
        .Select(_ => random.Next(Campaigns)).Distinct()
        .Select(campaign => new CampaignEdge(
            User(user), new CampaignId($"c-{campaign}"), 0, 2, 1, 0, 0, Start.AddSeconds(campaign), [Start, Start.AddSeconds(campaign)]));

    private static UserId User(int number) => new($"user-{number:D8}");
}
