using Marketing.Domain;
using Marketing.Projections.Consistency;
using Marketing.Tests.Contracts;
using Marketing.Tests.Crash;
using Marketing.Tests.Stores.Sqlite;
using Marketing.Tests.VectorIndex;

namespace Marketing.Tests.Projections;

/// <summary>
/// However stored data is damaged, a full check reports it, and a repair or a rebuild restores the result of a clean build.
/// </summary>
public sealed class ProjectionDamageTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStores _stores;

    public ProjectionDamageTests() => _stores = new EmbeddedStores(_folder.Path);

    public static TheoryData<int, bool> Kinds()
    {
        var kinds = new TheoryData<int, bool>();
        for (var kind = 0; kind < Damage.Kinds.Length; kind++)
        {
            kinds.Add(kind, true);
            kinds.Add(kind, false);
        }

        return kinds;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        _folder.Dispose();
    }

    /// <param name="kind">The kind of damage.</param>
    /// <param name="closed">Whether to damage the files before a start; otherwise while the stores are open and have in-memory copies.</param>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Damage_is_found_and_a_repair_makes_it_a_clean_build(int kind, bool closed)
    {
        var world = await FillAsync(kind);
        await DamageAsync(kind, closed);

        using var process = new SimulatedProcess(_stores);
        var found = await process.Projections.CheckAsync(repair: false, full: true, Cancel);
        Assert.All(found, report => Assert.True(report.Consistent == (report.Projection != NameOf(kind)), $"{report}"));
        Assert.NotEmpty(found.Single(report => report.Projection == NameOf(kind)) is { Derived: 0 } report ? report.Samples : ["derived"]);

        var mended = await process.Projections.CheckAsync(repair: true, full: true, Cancel);
        Assert.All(mended, report => Assert.True(report.Consistent, $"{report}"));
        Assert.All(
            await process.Projections.CheckAsync(repair: false, full: true, Cancel),
            report => Assert.True(report is { Consistent: true, Repaired: 0, Derived: 0 }, $"{report}"));
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, $"repaired after {Damage.Kinds[kind]}");

        // The repair survives a restart, because the file is repaired as well as memory.
        process.Dispose();
        await _stores.ReopenAsync();
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, $"opened again after {Damage.Kinds[kind]}");
        Assert.NotEmpty(world.Sent);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_rebuild_beside_appends_and_erasures_makes_it_a_clean_build_whatever_was_there(int kind, bool closed)
    {
        var world = await FillAsync(kind);
        await DamageAsync(kind, closed);

        using var process = new SimulatedProcess(_stores);
        await Interleaving.RunAsync(
            kind,
            () => process.Projections.RebuildAsync(NameOf(kind), CancellationToken.None),
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await process.Log.AppendAsync(Sound(world.Batch()), CancellationToken.None);
                    await process.Projector.RunOnceAsync(CancellationToken.None);
                }
            },
            () => process.Erasure.EraseAsync(world.User(), CancellationToken.None));
        await process.DrainAsync();

        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, $"rebuilt after {Damage.Kinds[kind]}");
        Assert.All(
            await process.Projections.CheckAsync(repair: false, full: true, Cancel), report => Assert.True(report.Consistent, $"{report}"));
        process.Dispose();
        await _stores.ReopenAsync();
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, $"opened again after {Damage.Kinds[kind]}");
    }

    [Fact]
    public async Task Vectors_from_before_there_were_digests_are_read_and_get_theirs_when_they_are_written_again()
    {
        await FillAsync(0);
        await _stores.ReopenAsync(() => Damage.Do(
            _folder.Path, "vectors.db", FileVersionTests.ToFormatOne));

        using var process = new SimulatedProcess(_stores);
        Assert.All(
            await process.Projections.CheckAsync(repair: false, full: true, Cancel), report => Assert.True(report.Consistent, $"{report}"));
        await process.Projections.RebuildAsync(ProjectionNames.Vectors, Cancel);
        await StoreContent.AssertEqualsCleanRebuildAsync(_stores, "rebuilt with digests");
        Assert.True(Damage.Do(_folder.Path, "vectors.db", "UPDATE entries SET digest = digest + 1") > 0);
        Assert.False((await process.Projections.CheckAsync(repair: false, Cancel))[0].Consistent);
    }

    [Fact]
    public async Task A_sample_says_what_it_detects_and_one_fault_in_it_leads_to_all()
    {
        Interaction[] chats = [.. Enumerable.Range(0, 1_500).Select(n => Sample.Chat($"e-{n}", $"u-{n}", $"card {n} declined"))];
        await _stores.Log.AppendAsync(chats, Cancel);
        using var process = new SimulatedProcess(_stores);
        await process.DrainAsync();
        var sound = (await process.Projections.CheckAsync(repair: false, Cancel))[0];
        Assert.Equal((true, 1_000, 0.00459), (sound.Consistent, sound.Sampled, sound.Detects));
        var full = (await process.Projections.CheckAsync(repair: false, full: true, Cancel))[0];
        Assert.Equal((true, 1_500, 0.0), (full.Consistent, full.Sampled, full.Detects));

        // Valid vectors of other texts with correct digests, which only the model can detect.
        var wrong = await Sample.AllAsync(_stores.Index.ScanAsync(2_000, Cancel));
        await _stores.Index.UpsertAsync([.. wrong.Take(60).Select(message => message with { Vector = HashedEmbedder.Embed("something else") })], Cancel);
        var found = (await process.Projections.CheckAsync(repair: false, Cancel))[0];
        Assert.Equal((false, 60L, 1_500L), (found.Consistent, found.Different, found.Sampled));
    }

    private static string NameOf(int kind) => Damage.ProjectionOf(Damage.Kinds[kind].File);

    /// <summary>Removes poison, which is supposed to be missing, so that everything else can be compared.</summary>
    private static Interaction[] Sound(Interaction[] batch) =>
        [.. batch.Where(one => one.Text is null || !one.Text.Contains(HashedEmbedder.Poison, StringComparison.Ordinal))];

    private async Task<RandomWorld> FillAsync(int seed)
    {
        var world = new RandomWorld(seed);
        using var process = new SimulatedProcess(_stores);
        for (var i = 0; i < 6; i++)
        {
            await _stores.Log.AppendAsync(Sound(world.Batch()), Cancel);
        }

        await process.DrainAsync();

        // Load the in-memory copies, so that they can be compared with the file.
        await _stores.Engagement.CountsAsync(null, Cancel);
        await _stores.Engagement.CountsAsync(Sample.Noon, Cancel);
        return world;
    }

    private async Task DamageAsync(int kind, bool closed)
    {
        var (file, sql) = Damage.Kinds[kind];
        var changed = 0;
        if (closed)
        {
            await _stores.ReopenAsync(() => changed = Damage.Do(_folder.Path, file, sql));
        }
        else
        {
            changed = Damage.Do(_folder.Path, file, sql);
        }

        Assert.True(changed > 0, sql);
    }
}
