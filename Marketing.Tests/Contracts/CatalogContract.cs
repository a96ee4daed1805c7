using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="ICatalog"/>.</summary>
public abstract class CatalogContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task A_campaign_is_read_back_as_it_was_put()
    {
        await using var stores = await OpenAsync();
        var full = new Campaign(
            new CampaignId("č/1"), "Name ü", "about 🙂 cards", Noon, Noon.AddDays(3).AddMilliseconds(5),
            new Dictionary<string, IReadOnlyList<string>> { ["segment"] = ["student", "née"], ["empty"] = [] },
            new FrequencyCap(3, TimeSpan.FromHours(30)), """{ "b":1.0,  "a":[1e3] }""");
        var bare = new Campaign(new CampaignId("a"), "", "");
        Assert.Equal([true, true], await stores.Catalog.PutCampaignsAsync([full, bare], Cancel));
        await stores.ReopenAsync();
        Assert.Equal([Json(bare), Json(full)], (await stores.Catalog.CampaignsAsync(Cancel)).Select(Json));
    }

    [Fact]
    public async Task A_campaign_put_again_is_replaced_and_not_new()
    {
        await using var stores = await OpenAsync();
        Assert.Equal([true, true, false], await stores.Catalog.PutCampaignsAsync([Named("a", "1"), Named("b", "2"), Named("a", "3")], Cancel));
        Assert.Equal([false], await stores.Catalog.PutCampaignsAsync([Named("b", "4")], Cancel));
        Assert.Equal([Named("a", "3"), Named("b", "4")], await stores.Catalog.CampaignsAsync(Cancel));
    }

    [Fact]
    public async Task Of_many_who_put_the_same_at_once_nobody_fails()
    {
        await using var stores = await OpenAsync();
        for (int round = 0; round < 10; round++)
        {
            var campaigns = Enumerable.Range(0, 5).Select(i => Named($"c-{round}-{i}", "1")).ToList();
            var user = Profile($"u-{round}");
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => stores.Catalog.PutCampaignsAsync(campaigns, Cancel))));
            var users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => stores.Catalog.PutUserAsync(user, Cancel))));
            Assert.Single(users, isNew => isNew);
        }

        Assert.Equal(50, (await stores.Catalog.CampaignsAsync(Cancel)).Count);
    }

    [Fact]
    public async Task A_deleted_campaign_is_gone_and_its_interactions_stay()
    {
        await using var stores = await OpenAsync();
        await stores.Catalog.PutCampaignsAsync([Named("c-1", "1")], Cancel);
        await stores.Log.AppendAsync([Event("e", InteractionType.Click)], Cancel);
        Assert.True(await stores.Catalog.DeleteCampaignAsync(new CampaignId("c-1"), Cancel));
        Assert.False(await stores.Catalog.DeleteCampaignAsync(new CampaignId("c-1"), Cancel));
        Assert.Empty(await stores.Catalog.CampaignsAsync(Cancel));
        Assert.Single(await AllAsync(stores.Log.ScanAsync(5, Cancel)));
    }

    [Fact]
    public async Task What_was_deleted_is_remembered_until_it_is_put_again()
    {
        await using var stores = await OpenAsync();
        var (kept, č, back) = (Named("kept", "1"), Named("č 🙂", "1"), Named("back", "1"));
        await stores.Catalog.PutCampaignsAsync([kept, č, back], Cancel);
        Assert.Empty(await stores.Catalog.DeletedCampaignsAsync(Cancel));

        Assert.False(await stores.Catalog.DeleteCampaignAsync(new CampaignId("never there"), Cancel));
        Assert.Empty(await stores.Catalog.DeletedCampaignsAsync(Cancel));

        foreach (var campaign in new[] { č, back, č })
        {
            await stores.Catalog.DeleteCampaignAsync(campaign.Id, Cancel);
        }

        await stores.ReopenAsync();
        Assert.Equal([back.Id, č.Id], (await stores.Catalog.DeletedCampaignsAsync(Cancel)).Order());

        Assert.Equal([true], await stores.Catalog.PutCampaignsAsync([back], Cancel));
        Assert.Equal([č.Id], await stores.Catalog.DeletedCampaignsAsync(Cancel));

        await stores.Catalog.DeleteCampaignAsync(back.Id, Cancel);
        await stores.Catalog.DeleteCampaignAsync(kept.Id, Cancel);
        Assert.Empty(await stores.Catalog.CampaignsAsync(Cancel));
        Assert.Equal([back.Id, kept.Id, č.Id], (await stores.Catalog.DeletedCampaignsAsync(Cancel)).Order());
    }

    [Fact]
    public async Task A_campaign_put_and_deleted_by_many_at_once_is_either_there_or_remembered()
    {
        await using var stores = await OpenAsync();
        for (int round = 0; round < 10; round++)
        {
            var campaign = Named($"c-{round}", "1");
            await stores.Catalog.PutCampaignsAsync([campaign], Cancel);
            await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => i % 2 == 0
                ? stores.Catalog.DeleteCampaignAsync(campaign.Id, Cancel)
                : (Task)stores.Catalog.PutCampaignsAsync([campaign], Cancel))));
            Assert.NotEqual(
                (await stores.Catalog.CampaignsAsync(Cancel)).Any(one => one.Id == campaign.Id),
                (await stores.Catalog.DeletedCampaignsAsync(Cancel)).Contains(campaign.Id));
        }
    }

    [Fact]
    public async Task The_version_changes_with_every_change_of_a_campaign_and_with_nothing_else()
    {
        await using var stores = await OpenAsync();
        long empty = await stores.Catalog.VersionAsync(Cancel);
        await stores.Catalog.PutCampaignsAsync([Named("a", "1")], Cancel);
        long put = await stores.Catalog.VersionAsync(Cancel);
        await stores.Log.AppendAsync([Chat("e")], Cancel);
        await stores.Catalog.PutUserAsync(Profile("u-1"), Cancel);
        await stores.ReopenAsync();
        Assert.Equal(put, await stores.Catalog.VersionAsync(Cancel));
        await stores.Catalog.PutCampaignsAsync([Named("a", "2")], Cancel);
        long replaced = await stores.Catalog.VersionAsync(Cancel);
        await stores.Catalog.DeleteCampaignAsync(new CampaignId("a"), Cancel);
        long[] versions = [empty, put, replaced, await stores.Catalog.VersionAsync(Cancel)];
        Assert.Equal(4, versions.Distinct().Count());
    }

    [Fact]
    public async Task A_users_attributes_are_replaced_as_a_whole()
    {
        await using var stores = await OpenAsync();
        Assert.Null(await stores.Catalog.FindUserAsync(new UserId("u-1"), Cancel));
        Assert.True(await stores.Catalog.PutUserAsync(Profile("u-1", ("segment", "ü"), ("age", "30")), Cancel));
        Assert.False(await stores.Catalog.PutUserAsync(Profile("u-1", ("city", "Gent 🙂")), Cancel));
        await stores.ReopenAsync();
        var found = await stores.Catalog.FindUserAsync(new UserId("u-1"), Cancel);
        Assert.Equal(new UserId("u-1"), found!.Id);
        Assert.Equal(new Dictionary<string, string> { ["city"] = "Gent 🙂" }, found.Attributes);
    }

    [Fact]
    public async Task A_deleted_users_attributes_are_gone()
    {
        await using var stores = await OpenAsync();
        await stores.Catalog.PutUserAsync(Profile("u-1", ("secret", "attribute-to-forget")), Cancel);
        Assert.True(await stores.Catalog.DeleteUserAsync(new UserId("u-1"), Cancel));
        Assert.False(await stores.Catalog.DeleteUserAsync(new UserId("u-1"), Cancel));
        Assert.Null(await stores.Catalog.FindUserAsync(new UserId("u-1"), Cancel));
        Traces.None(await stores.BytesAsync(), "attribute-to-forget");
    }

    private static Campaign Named(string id, string name) => new(new CampaignId(id), name, "text");

    private static UserProfile Profile(string id, params (string Name, string Value)[] attributes) =>
        new(new UserId(id), attributes.ToDictionary(a => a.Name, a => a.Value));

    private static string Json(Campaign campaign) => JsonSerializer.Serialize(campaign);
}
