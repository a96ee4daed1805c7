using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Sqlite.Engagement;
using Marketing.Stores.Sqlite.Graph;
using Marketing.Stores.Sqlite.Log;
using Marketing.Tests.Contracts;
using Marketing.Tests.Startup;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recovery;

/// <summary>A log that has lost data prevents startup as long as anything else still knows of that data.</summary>
public sealed class LostLogTests : IDisposable
{
    private const int Interactions = 200;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Log => Path.Combine(_folder.Path, "log.db");

    [Theory]
    [InlineData(FileDamage.Missing)]
    [InlineData(FileDamage.Empty)]
    public async Task A_log_that_is_gone_beside_projections_stops_the_start_and_leaves_everything_as_it_was(FileDamage damage)
    {
        await FillAsync();
        damage.Apply(Log);
        var before = _folder.Bytes();
        await AssertRefusedAsync("log.db is missing or empty, but the same folder has projections of a log: graph.db, vectors.db, engagement.db.");
        Assert.Equal(before, _folder.Bytes());
    }

    [Fact]
    public async Task Another_log_in_its_place_stops_the_start()
    {
        await FillAsync();
        using var other = new TemporaryFolder();
        using (var host = SqliteHost.Build(other, TimeProvider.System))
        {
            await host.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("other")], Cancel);
        }

        File.Copy(Path.Combine(other.Path, "log.db"), Log, overwrite: true);
        await AssertRefusedAsync("The log is not the one that ");
    }

    [Fact]
    public async Task An_old_backup_in_its_place_stops_the_start()
    {
        await FillAsync();
        var backup = File.ReadAllBytes(Log);
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            await api.FillAsync(client, 25, prefix: "after the backup");
        }

        File.WriteAllBytes(Log, backup);
        await AssertRefusedAsync("the log has lost the last 25.");
    }

    [Fact]
    public async Task A_damaged_write_ahead_log_stops_the_start_although_no_projection_knows_what_it_held()
    {
        using var crashed = new TemporaryFolder();
        await CrashAsync(crashed, batches: 20);
        using (var wal = new FileStream(Path.Combine(crashed.Path, "log.db-wal"), FileMode.Open))
        {
            // A byte of the text in some page, about halfway.
            wal.Position = wal.Length / 2;
            var old = wal.ReadByte();
            wal.Position--;
            wal.WriteByte((byte)(old ^ 1));
        }

        using var host = SqliteHost.Build(crashed, TimeProvider.System);
        var error = Assert.Throws<StoreStartupException>(host.Services.GetRequiredService<IInteractionLog>);
        Assert.Contains("log.db-wal is damaged after", error.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:AcceptLogLoss=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_header_of_the_write_ahead_log_loses_all_of_it_and_stops_the_start()
    {
        using var crashed = new TemporaryFolder();
        await CrashAsync(crashed, batches: 5);
        using (var wal = new FileStream(Path.Combine(crashed.Path, "log.db-wal"), FileMode.Open))
        {
            wal.Position = 17;
            var salt = wal.ReadByte();
            wal.Position = 17;
            wal.WriteByte((byte)~salt);
        }

        Assert.True(WalScan.Run(Path.Combine(crashed.Path, "log.db-wal")) is { GoodCommits: 0, LostCommits: >= 5 });
    }

    [Fact]
    public async Task A_tail_that_a_power_cut_tore_is_no_loss()
    {
        using var crashed = new TemporaryFolder();
        await CrashAsync(crashed, batches: 20);
        using (var wal = new FileStream(Path.Combine(crashed.Path, "log.db-wal"), FileMode.Open))
        {
            wal.SetLength(wal.Length - 1_000);
        }

        using var host = SqliteHost.Build(crashed, TimeProvider.System);
        var log = host.Services.GetRequiredService<IInteractionLog>();
        Assert.InRange((await log.StatisticsAsync(Cancel)).Total, 1, 19);
    }

    [Fact]
    public async Task An_accepted_loss_starts_with_the_log_as_it_is_and_without_sample_data()
    {
        await FillAsync();
        File.Delete(Log);
        for (var start = 0; start < 2; start++)
        {
            var accept = start == 0 ? "true" : "false";
            await using var api = new ApiOnFolder(_folder.Path, ("Storage:AcceptLogLoss", accept), ("SampleData:LoadOnFirstRun", "true"));
            using var client = api.CreateClient();
            await api.WaitUntilWholeAsync();
            Assert.Equal(0, (await api.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total);
            Assert.Equal(0, await api.Services.GetRequiredService<IInteractionGraph>().CountAsync(Cancel));
            Assert.Equal(0, await api.Services.GetRequiredService<IVectorIndex>().CountAsync(Cancel));
        }

        await using var again = new ApiOnFolder(_folder.Path);
        using var later = again.CreateClient();
        await again.FillAsync(later, 25);
    }

    [Fact]
    public async Task A_damaged_page_of_the_log_is_said_in_health()
    {
        await FillAsync();
        using (var file = new FileStream(Log, FileMode.Open))
        {
            // The last pages, because the queue and the counters are at the front.
            file.Position = file.Length - (2 * 4096);
            file.Write(Enumerable.Repeat((byte)0x5A, 4096).ToArray());
        }

        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        await ApiOnFolder.WaitAsync(async () =>
            await ApiOnFolder.HealthAsync(client, "log") is ("unhealthy", var description)
            && description.StartsWith("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_log_without_its_identity_is_of_a_version_before_and_is_given_one()
    {
        await FillAsync();
        // The last script of each schema is the one that adds the column.
        FileDamages.Run(
            Log, "ALTER TABLE state DROP COLUMN log_id; ALTER TABLE profiles DROP COLUMN user_id; DROP TABLE copy_state; DROP TABLE audit; PRAGMA user_version=4");
        FileDamages.Run(Path.Combine(_folder.Path, "graph.db"), $"DROP TABLE origin; PRAGMA user_version={GraphSchema.Schema.Version - 1}");
        FileDamages.Run(
            Path.Combine(_folder.Path, "engagement.db"), $"DROP TABLE origin; PRAGMA user_version={EngagementSchema.Schema.Version - 1}");

        FileDamages.Run(Path.Combine(_folder.Path, "vectors.db"), "DELETE FROM meta WHERE key IN ('log', 'sequence', 'complete')");
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            Assert.Empty(api.Services.GetRequiredService<LostProjections>().All);
            await api.FillAsync(client, 25, prefix: "later");
        }

        File.Delete(Log);
        await AssertRefusedAsync("is missing or empty");
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertRefusedAsync(string sentence)
    {
        var run = await ProgramRun.RunAsync(
            "Marketing.Api", _folder.Path, new Dictionary<string, string> { ["SampleData__LoadOnFirstRun"] = "true" });
        run.AssertSaid(sentence);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Storage:AcceptLogLoss=true", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Copies the files while a process has them open, as a killed process would leave them.</summary>
    private static async Task CrashAsync(TemporaryFolder target, int batches)
    {
        using var alive = new TemporaryFolder();
        using var host = SqliteHost.Build(alive, TimeProvider.System);
        var log = host.Services.GetRequiredService<IInteractionLog>();
        for (var i = 0; i < batches; i++)
        {
            await log.AppendAsync([Sample.Chat($"e-{i}", user: $"u-{i}")], Cancel);
        }

        foreach (var file in new[] { "log.db", "log.db-wal" })
        {
            File.Copy(Path.Combine(alive.Path, file), Path.Combine(target.Path, file));
        }
    }

    private async Task FillAsync()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        await api.FillAsync(client, Interactions);
    }
}
