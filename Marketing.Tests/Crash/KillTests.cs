using System.Collections.Concurrent;
using System.Net.Http.Json;
using Marketing.Domain;
using Marketing.Tests.Projections;
using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Crash;

/// <summary>The crash guarantees of the real program when it is really killed.</summary>
public sealed class KillTests
{
    private const int Kills = 3;
    private const int BatchSize = 40;
    private const int Senders = 3;

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_and_every_projection_equals_a_clean_rebuild()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var acknowledged = new ConcurrentDictionary<string, bool>();
        for (var life = 0; life < Kills; life++)
        {
            using var api = await ApiProcess.StartAsync(folder.Path, cancellation);

            // Each run also resends what the previous one may have ingested before it died.
            var sending = Enumerable.Range(0, Senders).Select(sender => SendAsync(api, life, sender, acknowledged, cancellation)).ToArray();
            var enough = (life + 1) * 10 * BatchSize;
            await WaitForAsync(() => acknowledged.Count >= enough, sending, cancellation);
            await api.KillAsync();
            await Task.WhenAll(sending);
        }

        using (var api = await ApiProcess.StartAsync(folder.Path, cancellation))
        {
            await api.WaitUntilProjectedAsync(cancellation);
            await api.KillAsync();
        }

        await using var stores = new EmbeddedStores(folder.Path, product: true);
        var ids = acknowledged.Keys.Select(id => new EventId(id)).ToArray();
        Assert.Equal(ids.Length, (await stores.Log.FindAsync(ids, cancellation)).Count);
        await StoreContent.AssertEqualsCleanRebuildAsync(stores, $"killed {Kills} times");
    }

    private static async Task SendAsync(
        ApiProcess api, int life, int sender, ConcurrentDictionary<string, bool> acknowledged, CancellationToken cancellationToken)
    {
        try
        {
            for (var batch = Math.Max(0, (life - 1) * 20); ; batch++)
            {
                var interactions = Batch(sender, batch);
                using var response = await api.Client.PostAsJsonAsync("/interactions", interactions, cancellationToken);
                response.EnsureSuccessStatusCode();
                foreach (var interaction in interactions)
                {
                    acknowledged[interaction.EventId] = true;
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException { StatusCode: null } or IOException)
        {
            // Killed before acknowledgment; sent again in the next run.
        }
    }

    private static Sent[] Batch(int sender, int batch)
    {
        var random = new Random((sender * 1_000) + batch);
        return [.. Enumerable.Range(0, BatchSize).Select(i =>
        {
            var chat = random.Next(5) == 0;
            return new Sent(
                $"e-{sender}-{batch}-{i}",
                $"u-{random.Next(60)}",
                chat ? "chat" : random.Next(2) == 0 ? "view" : "click",
                chat ? null : $"c-{random.Next(12)}",
                chat ? $"my card number {random.Next(50)} was declined in shop {random.Next(50)}" : null,
                DateTimeOffset.UnixEpoch.AddDays(20_000).AddSeconds(random.Next(100_000)));
        })];
    }

    private static async Task WaitForAsync(Func<bool> condition, Task[] sending, CancellationToken cancellationToken)
    {
        while (!condition())
        {
            Assert.False(Array.TrueForAll(sending, task => task.IsCompleted), "Nobody sends any more.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    private sealed record Sent(string EventId, string UserId, string Type, string? CampaignId, string? Text, DateTimeOffset OccurredAt);
}
