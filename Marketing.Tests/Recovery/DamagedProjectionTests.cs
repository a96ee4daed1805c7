using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Tests.Api;
using Marketing.Tests.Projections;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Recovery;

/// <summary>However a projection's file is damaged, the system starts, reports it, answers, and rebuilds the file from the log.</summary>
public sealed class DamagedProjectionTests : IDisposable
{
    private const int Interactions = 400;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, FileDamage> Every()
    {
        var every = new TheoryData<string, FileDamage>();
        foreach (var file in new[] { "graph.db", "engagement.db", "vectors.db" })
        {
            foreach (var damage in Enum.GetValues<FileDamage>())
            {
                if (file != "vectors.db" || damage != FileDamage.Foreign)
                {
                    every.Add(file, damage);
                }
            }
        }

        return every;
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_file_that_cannot_be_used_is_set_aside_and_made_anew_from_the_log(string file, FileDamage damage)
    {
        await FillAsync();
        var path = Path.Combine(_folder.Path, file);
        damage.Apply(path);
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            using var answer = await client.GetAsync(new Uri("/recommendations/u-3", UriKind.Relative), Cancel);
            await ApiServer.ReadAsync(answer, 200);
            using var consistency = await client.GetAsync(new Uri("/admin/consistency", UriKind.Relative), Cancel);
            await ApiServer.ReadAsync(consistency, 200);
            var (status, description) = await ApiOnFolder.HealthAsync(client, file[..^3]);
            Assert.True(status == "healthy" || description.StartsWith("rebuilding", StringComparison.Ordinal), $"{status}: {description}");
            await WhenCheckedAsync(api, file);
            await api.WaitUntilWholeAsync();
        }

        var kept = Directory.GetFiles(_folder.Path, file + ".set-aside-*").Where(name => !name.EndsWith("-wal", StringComparison.Ordinal));
        Assert.Equal(damage is FileDamage.Missing or FileDamage.Empty ? 0 : 1, kept.Count());
        await using var stores = new EmbeddedStores(_folder.Path, product: true);
        await StoreContent.AssertEqualsCleanRebuildAsync(stores, $"{file} was {damage}");
    }

    [Theory]
    [InlineData("graph.db")]
    [InlineData("engagement.db")]
    public async Task Damage_that_is_found_while_running_is_mended_in_the_same_way(string file)
    {
        await using (var api = new ApiOnFolder(_folder.Path, ("Storage:FileCheckDelay", "01:00:00")))
        {
            using var client = api.CreateClient();
            await api.FillAsync(client, Interactions);
            var path = Path.Combine(_folder.Path, file);
            FileDamages.Run(path, "PRAGMA wal_checkpoint(TRUNCATE)");
            FileDamages.FlipPages(path);
            await WhenCheckedAsync(api, file);
            await ApiOnFolder.WaitAsync(() => Task.FromResult(api.Services.GetRequiredService<LostProjections>().HasHistory));
            await api.WaitUntilWholeAsync();
            await api.FillAsync(client, 50, prefix: "later");
            using var answer = await client.GetAsync(new Uri("/recommendations/u-3", UriKind.Relative), Cancel);
            await ApiServer.ReadAsync(answer, 200);
        }

        Assert.NotEmpty(Directory.GetFiles(_folder.Path, file + ".set-aside-*"));
        await using var stores = new EmbeddedStores(_folder.Path, product: true);
        await StoreContent.AssertEqualsCleanRebuildAsync(stores, $"{file} was damaged in use");
    }

    [Fact]
    public async Task A_rebuild_that_a_crash_interrupts_is_begun_again_at_the_next_start()
    {
        await FillAsync();
        var path = Path.Combine(_folder.Path, "graph.db");
        FileDamages.Run(path, "DELETE FROM adjacency WHERE user_id % 2 = 0; UPDATE origin SET complete = 0");
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            await api.WaitUntilWholeAsync();
        }

        await using var stores = new EmbeddedStores(_folder.Path, product: true);
        await StoreContent.AssertEqualsCleanRebuildAsync(stores, "the rebuild was interrupted");
    }

    [Fact]
    public async Task Copies_are_few_and_an_erasure_deletes_them()
    {
        await FillAsync();
        for (var time = 0; time < 4; time++)
        {
            FileDamage.RandomHeader.Apply(Path.Combine(_folder.Path, "graph.db"));
            await using var api = new ApiOnFolder(_folder.Path);
            using var client = api.CreateClient();
            await api.WaitUntilWholeAsync();
        }

        Assert.Equal(2, Directory.GetFiles(_folder.Path, "graph.db.set-aside-*").Length);
        await using (var api = new ApiOnFolder(_folder.Path))
        {
            using var client = api.CreateClient();
            using var erased = await client.DeleteAsync(new Uri("/users/u-3", UriKind.Relative), Cancel);
            Assert.True(erased.IsSuccessStatusCode);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path, "*.set-aside-*"));
    }

    [Fact]
    public async Task Only_the_user_of_the_process_can_read_what_it_keeps()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var data = Path.Combine(_folder.Path, "data");
        await using var api = new ApiOnFolder(data);
        using var client = api.CreateClient();
        await api.FillAsync(client, 50);
        Assert.Equal("rwx------", ModeOf(data));
        var files = Directory.GetFiles(data);
        Assert.Contains(files, file => file.EndsWith("log.db-wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Equal($"{file} rw-------", $"{file} {ModeOf(file)}"));
    }

    public void Dispose() => _folder.Dispose();

    private static string ModeOf(string path)
    {
        var mode = OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(path);
        return string.Concat("rwxrwxrwx".Select((letter, i) => (mode & (1 << (8 - i))) != 0 ? letter : '-'));
    }

    /// <summary>Checks the whole file now, as the background check does some time after startup.</summary>
    private static async Task WhenCheckedAsync(ApiOnFolder api, string file)
    {
        if (file == "vectors.db")
        {
            // Wait for the refill through the queue.
            await ApiOnFolder.WaitAsync(async () => await api.Services.GetRequiredService<IVectorIndex>().CountAsync(Cancel) > 0);
            await ApiOnFolder.WaitAsync(async () => (await api.Services.GetRequiredService<IInteractionQueue>().BacklogAsync(Cancel)).Pending == 0);
            return;
        }

        var stored = api.Services.GetServices<IProjectionFile>().Single(one => one.FileName == file);
        await ApiOnFolder.WaitAsync(() => Task.Run(() => stored.QuickCheck(Cancel), Cancel));
    }

    private async Task FillAsync()
    {
        await using var api = new ApiOnFolder(_folder.Path);
        using var client = api.CreateClient();
        await api.FillAsync(client, Interactions);
    }
}
