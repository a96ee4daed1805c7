using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Samples;
using Marketing.Tests.Api;
using Marketing.Tests.Contracts;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recovery;

/// <summary>Health checks report real outcomes, not probes.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_that_has_just_failed_makes_the_log_unhealthy_and_one_that_succeeds_makes_it_healthy()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        var writes = api.Services.GetRequiredService<StoreOutcomes>().Writes(StoreOutcomes.Log);
        writes.Failed(new IOException("database or disk is full"));
        var (status, description) = await ApiOnFolder.HealthAsync(client, "log");
        Assert.Equal("unhealthy", status);
        Assert.Contains("the last write failed", description, StringComparison.Ordinal);
        Assert.DoesNotContain("disk is full", description, StringComparison.Ordinal);

        await api.FillAsync(client, 25);
        Assert.Equal(("healthy", ""), await ApiOnFolder.HealthAsync(client, "log"));
    }

    [Fact]
    public async Task A_read_that_has_just_failed_makes_a_projection_degraded()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        api.Services.GetRequiredService<StoreOutcomes>().Reads("graph").Failed(new IOException());
        var (status, description) = await ApiOnFolder.HealthAsync(client, "graph");
        Assert.Equal("degraded", status);
        Assert.Contains("the last read failed", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Little_space_on_the_disk_is_a_warning()
    {
        await using var api = new ApiOnFolder(_folder.Path, ("Storage:LowDiskSpaceMegabytes", $"{int.MaxValue}"));
        using var client = api.CreateClient();
        var (status, description) = await ApiOnFolder.HealthAsync(client, "disk");
        Assert.Equal("degraded", status);
        Assert.Contains("Storage:LowDiskSpaceMegabytes", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_says_which_projection_is_being_rebuilt()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        await api.FillAsync(client, 100);
        var lost = api.Services.GetRequiredService<LostProjections>();
        var gate = new TaskCompletionSource();
        lost.Report(new LostProjection("graph", "graph.db is damaged", _ => gate.Task));
        using (var answer = await client.GetAsync(new Uri("/recommendations/u-8", UriKind.Relative), Cancel))
        {
            var degraded = (await ApiServer.ReadAsync(answer, 200)).GetProperty("degraded").EnumerateArray().Select(one => one.GetString());
            Assert.Contains("graph", degraded);
        }

        Assert.Equal(("degraded", "rebuilding from the log: graph.db is damaged"), await ApiOnFolder.HealthAsync(client, "graph"));
        gate.SetResult();
        await api.WaitUntilWholeAsync();
        await ApiOnFolder.WaitAsync(async () =>
        {
            // Dropped explicitly, even though a degraded answer is cached only briefly.
            using var answer = await client.GetAsync(new Uri("/recommendations/u-8", UriKind.Relative), Cancel);
            return !(await ApiServer.ReadAsync(answer, 200)).TryGetProperty("degraded", out var degraded) || degraded.GetArrayLength() == 0;
        });
    }

    [Fact]
    public async Task What_was_appended_by_a_clock_ahead_has_its_true_age_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Sample.Noon.AddHours(2));
        using (var ahead = SqliteHost.Build(folder, time))
        {
            await ahead.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("a")], Cancel);
            await ahead.Services.GetRequiredService<IInteractionQueue>().ClaimAsync(5, TimeSpan.FromMinutes(1), Cancel);
        }

        time.AdjustTime(Sample.Noon);
        using var host = SqliteHost.Build(folder, time);
        var queue = (Marketing.Stores.Sqlite.Log.SqliteInteractionQueue)host.Services.GetRequiredService<IInteractionQueue>();
        Assert.Equal(1, await queue.ReleaseAllAsync(Cancel));
        Assert.Equal(Sample.Noon, (await queue.BacklogAsync(Cancel)).OldestAppendedAt);
        Assert.Single(await queue.ClaimAsync(5, TimeSpan.FromMinutes(1), Cancel));
    }

    [Fact]
    public async Task The_sample_is_not_loaded_beside_campaigns_of_somebody()
    {
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            await api.Services.GetRequiredService<ICatalog>().PutCampaignsAsync([new Campaign(new CampaignId("ours"), "Ours", "our own")], Cancel);
        }

        await using var again = new ApiOnFolder(_folder.Path, ("SampleData:LoadOnFirstRun", "true"));
        using var later = again.CreateClient();
        Assert.Equal(0, (await again.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total);
    }

    [Fact]
    public async Task While_the_sample_loads_health_says_so()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        var progress = api.Services.GetRequiredService<SampleProgress>();
        progress.Begin();
        var (status, description) = await ApiOnFolder.HealthAsync(client, "sample");
        Assert.Equal("degraded", status);
        Assert.Contains("the sample data is loading", description, StringComparison.Ordinal);
        progress.End();
        Assert.Equal("healthy", (await ApiOnFolder.HealthAsync(client, "sample")).Status);
    }

    public void Dispose() => _folder.Dispose();
}
