using System.Diagnostics;
using System.Globalization;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Projections.Consistency;
using Marketing.Recommendations;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Projections;

/// <summary>
/// <c>projections [users] [interactions]</c>: measures checks, a repair that finds nothing, and rebuilds on the embedded stores.
/// </summary>
internal static class ProjectionsCommand
{
    private const int Batch = 5_000;
    private const int Campaigns = 300;

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        var users = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
        var interactions = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000;
        var folder = Directory.CreateTempSubdirectory("marketing-benchmark-").FullName;
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", folder)]);
            builder.Services.AddLogging().AddMetrics();
            builder.AddMarketingStores();
            builder.AddMarketingRecommender();
            builder.AddProjections();
            var host = builder.Build();
            await MeasureAsync(host.Services, users, interactions);
            await ((IAsyncDisposable)host).DisposeAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, int users, int interactions)
    {
        var log = services.GetRequiredService<IInteractionLog>();
        var queue = services.GetRequiredService<IInteractionQueue>();
        var random = new Random(1);
        foreach (var batch in Enumerable.Range(0, interactions).Chunk(Batch))
        {
            await log.AppendAsync([.. batch.Select(number => Next(random, number, users))], default);
        }

        var projections = services.GetServices<IProjection>().ToList();
        foreach (var projection in projections)
        {
            await TimeAsync($"{projection.Name}: project", async () =>
            {
                await foreach (var batch in log.ScanAsync(1_000, default))
                {
                    await projection.ApplyAsync([.. batch.Where(projection.Concerns)], default);
                }
            });
        }

        await foreach (var batch in log.ScanAsync(Batch, default))
        {
            await queue.ClaimAsync(batch.Count, TimeSpan.FromHours(1), default);
            await queue.CompleteAsync([.. batch.Select(one => one.Id)], default);
        }

        foreach (var projection in projections)
        {
            await TimeAsync($"{projection.Name}: check", () => projection.CheckAsync(repair: false, full: false, default));
            await TimeAsync($"{projection.Name}: full check", () => projection.CheckAsync(repair: false, full: true, default));
            await TimeAsync($"{projection.Name}: repair", () => projection.CheckAsync(repair: true, full: false, default));
            await TimeAsync($"{projection.Name}: rebuild", () => projection.RebuildAsync(default));
        }
    }

    private static Interaction Next(Random random, int number, int users)
    {
        var type = random.Next(3) == 0 ? InteractionType.Chat : (InteractionType)random.Next(1, 5);
        return new Interaction(
            new EventId($"e-{number}"),
            new UserId($"u-{random.Next(users)}"),
            type,
            type == InteractionType.Chat && random.Next(2) == 0 ? null : new CampaignId($"c-{random.Next(Campaigns)}"),
            type == InteractionType.Chat ? $"my card number {random.Next(1_000)} was declined at the {random.Next(500)} counter" : null,
            Start.AddSeconds(random.Next(2_000_000)));
    }

    private static async Task TimeAsync(string what, Func<Task> action)
    {
        var started = Stopwatch.GetTimestamp();
        await action();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.00} s"));
    }
}
