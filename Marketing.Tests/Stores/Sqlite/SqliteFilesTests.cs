using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Sqlite.Engine;
using Marketing.Tests.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>Behavior specific to the SQLite files.</summary>
public sealed class SqliteFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_programs_append_to_one_log_and_each_interaction_is_accepted_once()
    {
        using var api = SqliteHost.Build(_folder, TimeProvider.System);
        using var import = SqliteHost.Build(_folder, TimeProvider.System);
        var accepted = await Task.WhenAll(new[] { api, import, api, import }.Select((host, seed) => Task.Run(
            async () =>
            {
                var log = host.Services.GetRequiredService<IInteractionLog>();
                int[] order = [.. Enumerable.Range(0, 400)];
                new Random(seed).Shuffle(order);
                int count = 0;
                foreach (int[] chunk in order.Chunk(20))
                {
                    count += (await log.AppendAsync([.. chunk.Select(n => Sample.Chat($"e-{n}", user: $"u-{n % 30}"))], Cancel)).Count(outcome => outcome == AppendOutcome.Accepted);
                }

                return count;
            },
            Cancel)));
        var all = import.Services.GetRequiredService<IInteractionLog>();
        Assert.Equal(400, accepted.Sum());
        Assert.Equal((400, 30), ((await all.StatisticsAsync(Cancel)).Total, (await all.StatisticsAsync(Cancel)).Users));
        Assert.All(await Sample.AllAsync(all.ScanAsync(50, Cancel)), i => Assert.Equal($"u-{int.Parse(i.Id.Value[2..]) % 30}", i.UserId.Value));
    }

    [Fact]
    public async Task A_user_erased_by_another_program_is_not_taken_for_the_one_that_was()
    {
        using var api = SqliteHost.Build(_folder, TimeProvider.System);
        using var import = SqliteHost.Build(_folder, TimeProvider.System);
        var log = import.Services.GetRequiredService<IInteractionLog>();
        await log.AppendAsync([Sample.Chat("a")], Cancel);
        await api.Services.GetRequiredService<IPersonalData>().EraseAsync(new UserId("u-1"), Cancel);
        var back = Sample.Chat("b") with { OccurredAt = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        Assert.Equal([AppendOutcome.Erased, AppendOutcome.Accepted], await log.AppendAsync([Sample.Chat("a"), back], Cancel));
        Assert.Equal([back], await Sample.AllAsync(log.ScanAsync(5, Cancel)));
    }

    [Fact]
    public async Task What_was_pending_before_the_queue_kept_traces_is_still_pending()
    {
        using (var host = SqliteHost.Build(_folder, TimeProvider.System))
        {
            await host.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("a")], Cancel);
        }

        Run("log.db", "ALTER TABLE queue DROP COLUMN trace; ALTER TABLE state DROP COLUMN log_id; PRAGMA user_version=1;"
            + "DROP TABLE erasure_key; DROP TABLE erased_users; DROP TABLE erased_events;"
            + "ALTER TABLE profiles DROP COLUMN user_id; DROP TABLE copy_state; DROP TABLE audit");
        using var later = SqliteHost.Build(_folder, TimeProvider.System);
        await later.Services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("b")], Cancel);
        Assert.Equal(
            [new PendingInteraction(Sample.Chat("a"), 1), new PendingInteraction(Sample.Chat("b"), 1)],
            await later.Services.GetRequiredService<IInteractionQueue>().ClaimAsync(5, TimeSpan.FromSeconds(30), Cancel));
    }

    [Fact]
    public void A_file_of_a_newer_version_stops_the_start_with_a_sentence()
    {
        Run("log.db", "PRAGMA user_version=1000");
        using var host = SqliteHost.Build(_folder, TimeProvider.System);
        var error = Assert.Throws<UnusableFileException>(host.Services.GetRequiredService<IInteractionLog>);
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(10)]
    public void A_log_that_is_no_database_stops_the_start_with_a_sentence(int length)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "log.db"), new string('x', length));
        using var host = SqliteHost.Build(_folder, TimeProvider.System);
        var error = Assert.Throws<UnusableFileException>(host.Services.GetRequiredService<IInteractionLog>);
        Assert.Contains("log.db is damaged, or not a database", error.Message, StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(Path.Combine(_folder.Path, "log.db")).Length);
    }

    [Fact]
    public void A_log_that_is_a_database_of_something_else_stops_the_start_with_a_sentence()
    {
        Run("log.db", "CREATE TABLE notes(id INTEGER PRIMARY KEY)");
        using var host = SqliteHost.Build(_folder, TimeProvider.System);
        var error = Assert.Throws<UnusableFileException>(host.Services.GetRequiredService<IInteractionLog>);
        Assert.Contains("log.db is a database of another program", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_used_stops_the_start_with_a_sentence()
    {
        string file = Path.Combine(_folder.Path, "a-file");
        File.WriteAllText(file, string.Empty);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", Path.Combine(file, "data"))]);
        builder.AddMarketingStores();
        using var host = builder.Build();
        var error = Assert.Throws<OptionsValidationException>(host.Services.GetRequiredService<IInteractionLog>);
        Assert.Contains("Storage:DataDirectory", error.Message, StringComparison.Ordinal);
    }

    private void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, file)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
