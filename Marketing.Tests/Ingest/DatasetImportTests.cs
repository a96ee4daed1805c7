using Marketing.Domain;
using Marketing.Ingest.Import;

namespace Marketing.Tests.Ingest;

/// <summary>The layouts of public data sets, each with one command from docs/import.md; the rows are invented.</summary>
public sealed class DatasetImportTests : IDisposable
{
    private const string MovieType = "type={rating:5=convert,4.5=click,4=click,*=view}";

    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task MovieLens_ratings_csv()
    {
        var file = _ingest.Write("ratings.csv", "userId,movieId,rating,timestamp", "7,101,5.0,978300760", "7,102,4.0,978300761", "8,101,0.5,978300762");

        await _ingest.ImportAsync(file, MovieType, "campaignId=movie-{movieId}", "occurredAt={timestamp}");

        var rated = await OfAsync("7");
        Assert.Equal([("movie-102", InteractionType.Click), ("movie-101", InteractionType.Convert)], rated.Select(Summary));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(978300760), rated[1].OccurredAt);
        Assert.Equal("""{"rating":"5.0"}""", rated[1].Properties);
        Assert.Equal(InteractionType.View, Assert.Single(await OfAsync("8")).Type);
        Assert.Contains("epoch-s", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ratings.dat", "::")]
    [InlineData("u.data", "\t")]
    public async Task MovieLens_files_without_a_header(string name, string separator)
    {
        var file = _ingest.Write(
            name, string.Join(separator, "7", "101", "5", "978300760"), string.Join(separator, "8", "102", "3", "978300761"));

        var exit = await _ingest.ImportAsync(new ImportOptions([file], [], [MovieType, "campaignId=movie-{movieId}", "occurredAt={timestamp}"], null)
        {
            Columns = "userId,movieId,rating,timestamp",
        });

        Assert.Equal(ImportExit.Done, exit);
        Assert.Equal(("movie-101", InteractionType.Convert), Summary(Assert.Single(await OfAsync("7"))));
        Assert.Equal(("movie-102", InteractionType.View), Summary(Assert.Single(await OfAsync("8"))));
        Assert.Contains(separator == "::" ? "reads ratings.dat as separated by ::" : "reads u.data as tab-separated", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RetailRocket_events_csv()
    {
        var file = _ingest.Write("events.csv",
            "timestamp,visitorid,event,itemid,transactionid",
            "1433221332117,257597,view,355908,",
            "1433221332118,257597,addtocart,355908,",
            "1433221332119,257597,transaction,355908,4000");

        var exit = await _ingest.ImportAsync(
            file, "userId={visitorid}", "type={event:transaction=convert,addtocart=click}", "campaignId={itemid}", "occurredAt={timestamp}");

        Assert.Equal(ImportExit.Done, exit);
        var events = await OfAsync("257597");
        Assert.Equal([InteractionType.Convert, InteractionType.Click, InteractionType.View], events.Select(static one => one.Type));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1433221332117), events[2].OccurredAt);
        Assert.Equal("""{"event":"transaction","transactionid":"4000"}""", events[0].Properties);
        Assert.Contains("epoch-ms", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Bandit_log_with_an_index_column_and_times_of_pandas()
    {
        var features = string.Join(',', "abcd".Select(static letter => new string(letter, 32)));
        var file = _ingest.Write("men.csv",
            ",timestamp,item_id,position,click,propensity_score,user_feature_0,user_feature_1,user_feature_2,user_feature_3",
            $"0,2019-11-24 00:03:13.442536+00:00,14,3,0,0.0294,{features}",
            $"1,2019-11-24 00:03:36.705207+00:00,10,3,1,0.0294,{features}");

        var exit = await _ingest.ImportAsync(
            file, "userId={user_feature_0}{user_feature_1}{user_feature_2}{user_feature_3}", "type={click:1=click,0=view}", "campaignId=item-{item_id}", "occurredAt={timestamp}");

        Assert.Equal(ImportExit.Done, exit);
        var shown = await OfAsync(features.Replace(",", "", StringComparison.Ordinal));
        Assert.Equal([("item-10", InteractionType.Click), ("item-14", InteractionType.View)], shown.Select(Summary));
        Assert.Equal(DateTimeOffset.Parse("2019-11-24T00:03:13.442Z", System.Globalization.CultureInfo.InvariantCulture), shown[1].OccurredAt);
        Assert.Contains("\"column1\":\"0\"", shown[1].Properties, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NDJSON_with_other_names_is_mapped_as_columns_are()
    {
        var file = _ingest.Write("events.ndjson",
            """{"visitor_id":257597,"event":"addtocart","itemid":355908,"ts":1433221332117,"price":9.5,"properties":{"page":2}}""",
            """{"visitor_id":257597,"event":"wave","itemid":1,"ts":1433221332118}""");

        await _ingest.ImportAsync(
            file, "userId={visitorId}", "type={event:transaction=convert,addtocart=click}", "campaignId=item-{itemid}", "occurredAt={ts}");

        var click = Assert.Single(await OfAsync("257597"));
        Assert.Equal(("item-355908", InteractionType.Click), Summary(click));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1433221332117), click.OccurredAt);
        Assert.Equal("""{"event":"addtocart","price":9.5,"page":2}""", click.Properties);
        Assert.Contains("line 2: type is required", _ingest.Output, StringComparison.Ordinal);
    }

    private static (string? Campaign, InteractionType Type) Summary(Interaction interaction) => (interaction.CampaignId?.Value, interaction.Type);

    private async Task<IReadOnlyList<Interaction>> OfAsync(string user) =>
        (await _ingest.Log.ReadUserAsync(new UserId(user), null, 10, CancellationToken.None)).Items;
}
