using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Copying;
using Marketing.Tests.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Copying;

public sealed class CopyTests : IAsyncLifetime
{
    private CopyWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await CopyWorld.CreateAsync();

    public ValueTask DisposeAsync() => _world?.DisposeAsync() ?? default;

    [Fact]
    public async Task A_log_that_goes_to_mongo_and_back_is_the_same_record_for_record()
    {
        await _world.FillAsync();
        var there = await _world.ToMongoAsync();
        var back = await _world.ToEmbeddedAsync(_world.Folder("back"));

        AssertEqual(there);
        AssertEqual(back);
        Assert.Equal(["audit"], there.Parts.Select(part => part.Source).Except(back.Parts.Select(part => part.Target)).Select(part => part.Name));
        var counts = there.Parts.ToDictionary(part => part.Source.Name, part => part.Source.Count);
        Assert.Equal((2, 1, 11, 2, 1), (counts["campaigns"], counts["deletedCampaigns"], counts["attributes"], counts["deadLetters"], counts["erasedUsers"]));
        Assert.Equal((4, 2), (counts["audit"], counts["accessKeys"])); // Each copy adds an entry.
        var chat = await _world.OnAsync(_world.Folder("back"), services => FindAsync(services, "e-0"));
        Assert.Equal("""{"channel" : "app", "n": 1.0}""", chat!.Properties);
        Assert.Equal(Sample.Noon, chat.OccurredAt);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_of_the_audit_trail_is_found_by_the_plain_id_of_its_user_after_a_copy(bool toMongo)
    {
        await _world.FillAsync(interactions: 30);
        var before = await _world.OnAsync(_world.Data, services => ListAsync(services, "u-6"));
        await _world.ToMongoAsync();
        if (!toMongo)
        {
            await _world.ToEmbeddedAsync(_world.Folder("back"));
        }

        await _world.OnAsync(toMongo ? null : _world.Folder("back"), async services =>
        {
            Assert.Single(before);
            Assert.Equal(before, await ListAsync(services, "u-6"));
            Assert.Equal("c-3", Assert.Single(await ListAsync(services, "c-3")).Target?.Id);

            // The copy itself, by which the data left the source.
            Assert.Equal(AuditActor.CommandLine, Assert.Single(await ListAsync(services, toMongo ? "mongodb" : "embedded")).Actor);
        });
        Assert.Equal(AuditAction.LogCopy, Assert.Single(await _world.OnAsync(_world.Data, services => ListAsync(services, "mongodb"))).Action);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keys_work_at_the_target_and_one_revoked_on_either_side_does_not_come_back(bool toMongo)
    {
        await _world.FillAsync(interactions: 30);
        await _world.ToMongoAsync();
        var (source, target) = (toMongo ? _world.Data : null, toMongo ? null : _world.Folder("back"));
        var data = toMongo ? _world.Data : target!;
        await _world.CopyAsync(data, toMongo);
        Assert.Equal(
            [CopyWorld.Key("k-2"), CopyWorld.Key("k-1") with { ExpiresAt = Sample.Noon.AddDays(9) }],
            await _world.OnAsync(target, services => Keys(services).AllAsync(Cancel)));

        await _world.OnAsync(source, async services =>
        {
            await Keys(services).AddAsync(CopyWorld.Key("k-3"), Cancel);
            await Keys(services).RemoveAsync("k-1", Cancel);
            await Keys(services).NoteUsesAsync(new Dictionary<string, DateTimeOffset> { ["k-2"] = Sample.Noon.AddDays(1) }, Cancel);
        });
        await _world.OnAsync(target, async services =>
        {
            await Keys(services).AddAsync(CopyWorld.Key("k-4"), Cancel);
            await Keys(services).RemoveAsync("k-2", Cancel);
        });
        await _world.CopyAsync(data, toMongo);
        await _world.CopyAsync(data, toMongo);

        Assert.Equal(["k-4", "k-3"], (await _world.OnAsync(target, services => Keys(services).AllAsync(Cancel))).Select(key => key.Id));
    }

    [Fact]
    public async Task Copied_interactions_are_pending_at_the_target_so_that_its_projections_are_built()
    {
        await _world.FillAsync(interactions: 30);
        await _world.ToMongoAsync();
        await _world.ToEmbeddedAsync(_world.Folder("back"));

        foreach (var target in new[] { null, _world.Folder("back") })
        {
            var (logged, pending) = await _world.OnAsync(target, async services => (
                (await services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total,
                (await services.GetRequiredService<IInteractionQueue>().BacklogAsync(Cancel)).Pending));
            Assert.Equal(logged, pending);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_changes_at_the_source_meanwhile_is_caught_up_by_the_next_run(bool toMongo)
    {
        await _world.FillAsync();
        await _world.ToMongoAsync();
        string target = _world.Folder("back");
        if (!toMongo)
        {
            await _world.ToEmbeddedAsync(target);
        }

        await _world.OnAsync(toMongo ? _world.Data : null, ChangeAsync);
        var result = await _world.CopyAsync(toMongo ? _world.Data : target, toMongo);

        AssertEqual(result);
        Assert.Equal((2, 1), (result.Interactions, result.Erased));
        await _world.OnAsync(toMongo ? null : target, async services =>
        {
            Assert.Empty((await services.GetRequiredService<IInteractionLog>().ReadUserAsync(new UserId("u-3"), null, 5, Cancel)).Items);
            Assert.Null(await services.GetRequiredService<ICatalog>().FindUserAsync(new UserId("u-3"), Cancel));
            Assert.Equal(["c-2", "c-4"], (await services.GetRequiredService<ICatalog>().CampaignsAsync(Cancel)).Select(campaign => campaign.Id.Value));
            Assert.Equal(0, await services.GetRequiredService<IDeadLetters>().CountAsync(Cancel));

            // The projections of the target may have had the user.
            Assert.Equal("u-3", Assert.Single(await services.GetRequiredService<IPersonalData>().UnfinishedErasuresAsync(Cancel)).UserId.Value);
            var refused = await services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("old", "u-3")], Cancel);
            Assert.Equal(AppendOutcome.Erased, Assert.Single(refused));
        });
    }

    [Fact]
    public async Task Texts_that_retention_removes_from_the_source_are_removed_from_the_target()
    {
        await _world.FillAsync(interactions: 60);
        await _world.ToMongoAsync();
        await _world.OnAsync(_world.Data, services =>
            services.GetRequiredService<IPersonalData>().RedactTextAsync(Sample.Noon.AddMinutes(10), 100, Cancel));

        AssertEqual(await _world.ToMongoAsync());
        Assert.Null((await _world.OnAsync(null, services => FindAsync(services, "e-3")))!.Text);
    }

    [Fact]
    public async Task A_last_run_after_the_switch_adds_what_came_late_and_undoes_nothing()
    {
        await _world.FillAsync(interactions: 30);
        await _world.ToMongoAsync();
        await _world.OnAsync(null, async services =>
        {
            await services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("new at the target")], Cancel);
            await services.GetRequiredService<ICatalog>().PutCampaignsAsync([new Campaign(new CampaignId("c-2"), "Changed at the target", "")], Cancel);
        });
        await _world.OnAsync(_world.Data, services =>
            services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("late at the source")], Cancel));

        var result = await _world.ToMongoAsync();

        Assert.Equal((1, 0), (result.Interactions, result.Missing));
        Assert.False(result.IsEqual);
        await _world.OnAsync(null, async services =>
        {
            Assert.Equal(2, (await services.GetRequiredService<IInteractionLog>().FindAsync(Sample.Ids("new at the target", "late at the source"), Cancel)).Count);
            Assert.Equal("Changed at the target", (await services.GetRequiredService<ICatalog>().CampaignsAsync(Cancel)).Single(one => one.Id.Value == "c-2").Name);
        });
    }

    [Fact]
    public async Task A_target_with_other_data_is_refused_and_left_as_it_is()
    {
        await _world.FillAsync(interactions: 30);
        await _world.OnAsync(null, services => services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("other")], Cancel));

        var error = await Assert.ThrowsAsync<StoreStartupException>(_world.ToMongoAsync);

        Assert.Equal("MongoDB holds data that is not a copy of The embedded log: choose an empty target.", error.Message);
        Assert.Equal(1, (await _world.OnAsync(null, services => services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel))).Total);
    }

    [Fact]
    public async Task A_target_that_is_a_copy_of_another_log_is_refused()
    {
        await _world.FillAsync(interactions: 30);
        await _world.ToMongoAsync();

        var error = await Assert.ThrowsAsync<StoreStartupException>(() => _world.CopyAsync(_world.Folder("other"), toMongo: true));

        Assert.Contains("holds a copy of another log", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_that_an_older_version_stored_without_the_id_stay_behind_and_are_counted()
    {
        await _world.FillAsync(interactions: 30);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_world.Data, "log.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancel);
            await using var command = database.CreateCommand();
            command.CommandText = "UPDATE profiles SET user_id = NULL";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        var result = await _world.ToMongoAsync();

        // Six of them have interactions, which have the id.
        Assert.Equal((5, 0), (result.Unnamed, result.Missing));
        Assert.NotNull(await _world.OnAsync(null, services => services.GetRequiredService<ICatalog>().FindUserAsync(new UserId("u-0"), Cancel).AsTask()));
    }

    private static async Task ChangeAsync(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<ICatalog>();
        await services.GetRequiredService<IInteractionLog>().AppendAsync([Sample.Chat("a first one"), Sample.Chat("z last one", "new user")], Cancel);
        await catalog.DeleteCampaignAsync(new CampaignId("c-1"), Cancel);
        await catalog.PutCampaignsAsync([new Campaign(new CampaignId("c-4"), "Four", "")], Cancel);
        await services.GetRequiredService<IDeadLetters>().RemoveAsync("d-2", Cancel);
        await CopyWorld.EraseAsync(services, "u-3");
    }

    private static IAccessKeys Keys(IServiceProvider services) => services.GetRequiredService<IAccessKeys>();

    private static async Task<IReadOnlyList<AuditEntry>> ListAsync(IServiceProvider services, string target) =>
        (await services.GetRequiredService<IAuditTrail>().ListAsync(new AuditFilter(Target: target), null, 10, Cancel)).Items;

    private static async Task<Interaction?> FindAsync(IServiceProvider services, string id) =>
        (await services.GetRequiredService<IInteractionLog>().FindAsync(Sample.Ids(id), Cancel)).SingleOrDefault();

    private static void AssertEqual(CopyResult result)
    {
        Assert.Equal(0, result.Missing);
        Assert.All(result.Parts, part => Assert.Equal(part.Source, part.Target));
    }
}
