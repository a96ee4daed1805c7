using Marketing.Recommender.Model;

namespace Marketing.Tests.Ingest;

public sealed class CsvImportTests : IDisposable
{
    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task Columns_are_found_by_name_and_the_others_become_properties()
    {
        var file = _ingest.Write("a.csv",
            "User_ID,type,text,occurredat,channel",
            "mia,chat,\"two lines,\nand \"\"quotes\"\"\",2026-01-01T00:00:00Z,app");

        Assert.Equal(0, await _ingest.ImportAsync(file));

        var chat = await OnlyOfAsync("mia");
        Assert.Equal("two lines,\nand \"quotes\"", chat.Text);
        Assert.Equal("""{"channel":"app"}""", chat.Properties);
    }

    [Fact]
    public async Task Fields_can_be_filled_from_other_columns()
    {
        var file = _ingest.Write("coupons.csv", "household_id,coupon,campaign_id,day", "7,55,3,2017-02-01");

        await _ingest.ImportAsync(
            file, "userId=household-{household_id}", "type=convert", "campaignId=campaign-{campaign_id}", "occurredAt={day}T12:00:00Z");

        var conversion = await OnlyOfAsync("household-7");
        Assert.Equal(InteractionType.Convert, conversion.Type);
        Assert.Equal(new CampaignId("campaign-3"), conversion.CampaignId);
        Assert.Equal("""{"coupon":"55"}""", conversion.Properties);
    }

    [Theory]
    [InlineData("name,type")]
    [InlineData("type,text")]
    [InlineData("")]
    public async Task A_file_without_a_needed_column_is_not_read(string header)
    {
        Assert.Equal(1, await _ingest.ImportAsync(_ingest.Write("b.csv", header, "a,chat")));
        Assert.Equal(0, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task A_reject_is_named_by_the_line_on_which_it_begins()
    {
        var file = _ingest.Write("c.csv", "userId,type,text", "a,chat,\"two\nlines\"", "b,chat,");

        await _ingest.ImportAsync(file);

        Assert.Contains("\"line\":4", File.ReadAllText(file + ".rejects.ndjson"), StringComparison.Ordinal);
    }

    private async Task<Interaction> OnlyOfAsync(string user) =>
        Assert.Single((await _ingest.Log.ReadUserAsync(new UserId(user), null, 10, CancellationToken.None)).Items);
}
