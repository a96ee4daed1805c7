using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Benchmarks.Kill;

/// <summary>Kills at random moments while clients write and erase, then compares the log with the clients' ledger.</summary>
internal sealed class KillRun(KillOptions options, TextWriter log) : IDisposable
{
    /// <summary>One in three kills may hit the startup; the others hit a process that has begun to acknowledge.</summary>
    private const int StartShare = 3;

    private const int ReportEvery = 10;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-kill-");
    private readonly Random _random = new(options.Seed);
    private readonly Ledger _ledger = new();

    public async Task<KillResult> RunAsync()
    {
        await using var product = new Product(options, _folder.FullName);
        await product.StartedAsync();
        var clock = Stopwatch.StartNew();
        await using var clients = new Clients(options, _ledger, product.Address);
        int checks = 0, inconsistent = 0, workers = 0;
        for (var kill = 1; kill <= options.Count; kill++)
        {
            await LiveAsync(product, clients);
            if (Product.HasWorkers && _random.Next(2) == 0)
            {
                await product.KillWorkerAsync(_random);
                workers++;
            }
            else
            {
                await product.KillApiAsync(_random);
            }

            if (kill % ReportEvery == 0)
            {
                log.WriteLine($"  {kill} kills after {clock.Elapsed:mm\\:ss}");
            }

            if (kill % options.CheckEvery == 0 && kill < options.Count)
            {
                await product.StartedAsync();
                (checks, inconsistent) = (checks + 1, inconsistent + await CheckAsync(product, kill));
            }
        }

        await product.StartedAsync();
        await ReachAsync(clients, clients.Acknowledged + 1);
        await clients.StopAsync();
        var elapsed = clock.Elapsed;
        await product.DrainAsync();
        (checks, inconsistent) = (checks + 1, inconsistent + await CheckAsync(product, options.Count));
        await product.StopAsync();
        return new KillResult(
            options, elapsed, workers, _ledger.Compare(await ReadLogAsync()), _ledger.AcknowledgedErasures, checks, inconsistent,
            clients.Summarize(), clients.Degraded, product.Exits, clients.Unexpected);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Waits until the time of the next kill.</summary>
    private async Task LiveAsync(Product product, Clients clients)
    {
        if (_random.Next(StartShare) == 0)
        {
            await Task.Delay(_random.NextDouble() * LongestStart);
            return;
        }

        await product.StartedAsync();
        await ReachAsync(clients, clients.Acknowledged + 1);
        await Task.Delay(_random.NextDouble() * LongestLife);
    }

    private static async Task ReachAsync(Clients clients, long acknowledged)
    {
        while (clients.Acknowledged < acknowledged)
        {
            await Task.Delay(Poll);
        }
    }

    private async Task<int> CheckAsync(Product product, int kills)
    {
        var difference = await product.FindInconsistencyAsync();
        log.WriteLine($"  {kills} kills: {difference ?? "consistent"}");
        return difference is null ? 0 : 1;
    }

    /// <summary>Counts each event id in the log, by user.</summary>
    private async Task<Dictionary<string, Dictionary<string, int>>> ReadLogAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", _folder.FullName)]);
        builder.Logging.ClearProviders();
        builder.AddMarketingLog();
        using var host = builder.Build();
        await host.StartAsync();
        var users = new Dictionary<string, Dictionary<string, int>>();
        await foreach (var batch in host.Services.GetRequiredService<IInteractionLog>().ScanAsync(1_000, CancellationToken.None))
        {
            foreach (var interaction in batch)
            {
                if (!users.TryGetValue(interaction.UserId.Value, out var events))
                {
                    users[interaction.UserId.Value] = events = [];
                }

                events[interaction.Id.Value] = events.GetValueOrDefault(interaction.Id.Value) + 1;
            }
        }

        await host.StopAsync();
        return users;
    }
}
