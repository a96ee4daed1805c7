using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Projections.Samples;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Ingest;

public sealed class SampleWorldLoaderTests : IDisposable
{
    private readonly IngestFixture _ingest = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task Loading_it_again_later_changes_nothing()
    {
        var first = await LoadAsync();
        _time.Advance(TimeSpan.FromDays(2));
        var second = await LoadAsync();

        Assert.Equal(first.Interactions, await _ingest.LoggedAsync());
        Assert.Equal(new SampleLoadReport(0, 0, first.Interactions), second);
    }

    [Fact]
    public async Task A_campaign_that_was_edited_stays_as_it_is()
    {
        await LoadAsync();
        var catalog = _ingest.Get<ICatalog>();
        await catalog.PutCampaignsAsync([new Campaign(new CampaignId("travel-card"), "Edited", "by us")], CancellationToken.None);

        await LoadAsync();

        var campaigns = await catalog.CampaignsAsync(CancellationToken.None);
        Assert.Equal("Edited", campaigns.Single(campaign => campaign.Id.Value == "travel-card").Name);
    }

    private Task<SampleLoadReport> LoadAsync() =>
        new SampleWorldLoader(_ingest.Get<ICatalog>(), _ingest.Log, _time).LoadAsync(CancellationToken.None);
}
