using Marketing.Domain;
using Marketing.Ingest.Import;

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

    [Theory]
    [InlineData("mia,chat,Hello, my card was stolen, help", "The row has 5 cells, but the header has 3")]
    [InlineData("mia,chat", "The row has 2 cells, but the header has 3")]
    [InlineData("mia,chat,\"lost\" it", "text after a closing quote")]
    [InlineData("mia,chat,lo\0st", "NUL")]
    public async Task A_row_that_is_not_what_the_header_says_is_rejected_and_says_so(string row, string reason)
    {
        var file = _ingest.Write("rows.csv", "userId,type,text", row, "noa,chat,fine");

        await _ingest.ImportAsync(file);

        Assert.Equal(1, await _ingest.LoggedAsync());
        Assert.Contains("line 2: ", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains(reason, _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("zoe,chat,\"hi, there\"")]
    [InlineData("zoe,chat,5\" pizza")]
    public async Task A_quote_that_is_never_closed_is_an_error_with_its_line_and_swallows_nothing(string last)
    {
        var file = _ingest.Write("open.csv", ["userId,type,text", "noa,chat,fine", "mia,chat,\"lost my card", .. Enumerable.Range(1, 56).Select(static i => $"u{i},chat,hello"), last]);

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(file));

        Assert.Contains("a quote in the row that begins on line 3 is never closed", _ingest.Errors, StringComparison.Ordinal);
        Assert.Contains("1 accepted", _ingest.Output, StringComparison.Ordinal);
        Assert.Equal(1, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task A_quoted_cell_without_an_end_is_not_read_into_memory()
    {
        var file = _ingest.Write("huge.csv", "userId,type,text", "noa,chat,fine", "mia,chat,\"" + string.Join('\n', Enumerable.Repeat(new string('x', 1000), 4000)));

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(file));

        Assert.Contains("the row that begins on line 3 does not end within", _ingest.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task Quotes_inside_a_text_are_text_beside_a_cell_over_several_lines()
    {
        await _ingest.ImportAsync(_ingest.Write("inch.csv", "userId,type,disc,text", "mia,chat,12\" vinyl,\"two", "lines\"", "noa,chat,7\",\"one\""));

        Assert.Equal("two\nlines", (await OnlyOfAsync("mia")).Text);
        Assert.Equal("{\"disc\":\"7\\u0022\"}", (await OnlyOfAsync("noa")).Properties?.Replace("\\\"", "\\u0022", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_are_trimmed_as_headers_are()
    {
        await _ingest.ImportAsync(_ingest.Write("blanks.csv", " userId , type ,text", " mia , chat ,\"  hello  \""));

        Assert.Equal("hello", (await OnlyOfAsync("mia")).Text);
    }

    [Fact]
    public async Task Headers_match_without_case_blanks_and_punctuation()
    {
        await _ingest.ImportAsync(_ingest.Write("excel.csv", "sep=;", "User ID;CAMPAIGN-ID;Type;Occurred At;Price", "mia;c;view;2026-01-01;3,5"));

        var view = await OnlyOfAsync("mia");
        Assert.Equal(new CampaignId("c"), view.CampaignId);
        Assert.Equal("""{"Price":"3,5"}""", view.Properties);
        Assert.Contains("semicolon-separated", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_that_may_be_the_same_field_are_asked_about()
    {
        var file = _ingest.Write("twice.csv", "User ID,user_id,type,text", "mia,7,chat,hello");

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(file));
        Assert.Contains("2 columns are named like userId: User ID, user_id", _ingest.Errors, StringComparison.Ordinal);
        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(file, "userId={User ID}"));
    }

    [Fact]
    public async Task Properties_of_one_name_do_not_replace_each_other()
    {
        await _ingest.ImportAsync(_ingest.Write("same.csv", "userId,type,text,tag,tag", "mia,chat,hello,a,b"));

        Assert.Equal("""{"tag":"a","tag_2":"b"}""", (await OnlyOfAsync("mia")).Properties);
        Assert.Contains("the next one becomes the property tag_2", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_that_pandas_took_for_fractions_are_whole_again()
    {
        var file = _ingest.Write("float.csv", "userId,type,campaignId,occurredAt", "12.0,view,3.0,2026-01-01", "13.0,view,,2026-01-01");

        await _ingest.ImportAsync(file);
        await _ingest.ImportAsync(new ImportOptions([file], [], [], null) { KeepDecimals = true });

        Assert.Equal(new CampaignId("3"), (await OnlyOfAsync("12")).CampaignId);
        Assert.Equal(new CampaignId("3.0"), (await OnlyOfAsync("12.0")).CampaignId);
    }

    [Fact]
    public async Task An_event_id_that_is_a_kind_of_event_is_warned_of_and_can_be_left_out()
    {
        var file = _ingest.Write("kinds.csv", ["event_id,userId,type,text", .. Enumerable.Range(1, 40).Select(static i => $"opened,u{i},chat,hello {i}")]);

        await _ingest.ImportAsync(file);
        Assert.Contains("eventId has only 1 different values in the first 40 rows", _ingest.Output, StringComparison.Ordinal);

        await _ingest.ImportAsync(file, "eventId=");
        Assert.Equal("""{"event_id":"opened"}""", (await OnlyOfAsync("u40")).Properties);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Lines_end_as_any_system_ends_them(string end)
    {
        var file = _ingest.PathOf("ends.csv");
        File.WriteAllText(file, string.Join(end, "userId,type,text", "mia,chat,one", "noa,chat,two", "bad,wave,", ""));

        await _ingest.ImportAsync(file);

        Assert.Equal("one", (await OnlyOfAsync("mia")).Text);
        Assert.Contains("line 4: type", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("userId")]
    [InlineData("nothing=x")]
    [InlineData("userId={a")]
    public async Task A_definition_that_is_none_is_a_wrong_setting(string field)
    {
        var file = _ingest.Write("d.csv", "userId,type,text", "mia,chat,hello");

        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => _ingest.ImportAsync(file, field));
        Assert.Equal(0, await _ingest.LoggedAsync());
    }

    private async Task<Interaction> OnlyOfAsync(string user) =>
        Assert.Single((await _ingest.Log.ReadUserAsync(new UserId(user), null, 10, CancellationToken.None)).Items);
}
