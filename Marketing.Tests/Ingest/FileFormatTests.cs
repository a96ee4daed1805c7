using System.IO.Compression;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest.Import;

namespace Marketing.Tests.Ingest;

public sealed class FileFormatTests : IDisposable
{
    private const string Mia = """{"userId":"mia","type":"chat","text":"a } \" ] b","occurredAt":"2026-01-01T00:00:00Z"}""";
    private const string Noa = """{"userId":"noa","type":"chat","text":"tea","occurredAt":"2026-01-01T00:00:00Z"}""";

    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Theory]
    [InlineData("data.txt", "userId\ttype\ttext\nmia\tchat\ta\nnoa\tchat\ttea", "reads data.txt as tab-separated")]
    [InlineData("data.tsv", "userId\ttype\ttext\nmia\tchat\ta, b\nnoa\tchat\ttea", "reads data.tsv as tab-separated")]
    [InlineData("data.json", "userId,type,text\nmia,chat,a\nnoa,chat,tea", "reads data.json as comma-separated")]
    [InlineData("bare", "userId|type|text\nmia|chat|a\nnoa|chat|tea", "reads bare as pipe-separated")]
    [InlineData("data.csv", Mia + "\n" + Noa, "reads data.csv as NDJSON")]
    [InlineData("data.txt", "\n\n" + Mia + "\r\n\r\n" + Noa, "reads data.txt as NDJSON")]
    [InlineData("data.json", "[" + Mia + "," + Noa + "]", "reads data.json as JSON objects")]
    [InlineData("data.ndjson", "[\n" + Mia + "\n,\n" + Noa + "\n]\n", "reads data.ndjson as JSON objects")]
    [InlineData("data.json", "{\n  \"userId\": \"mia\",\n  \"type\": \"chat\", \"text\": \"a\"\n}\n" + Noa, "reads data.json as JSON objects")]
    [InlineData("data.jsonl", Mia + "\r" + Noa + "\r", "reads data.jsonl as JSON objects")]
    public async Task The_content_says_what_a_file_is_and_the_output_names_it(string name, string content, string said)
    {
        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(Write(name, content)));

        Assert.Equal(2, await _ingest.LoggedAsync());
        Assert.Contains(said, _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_overrides_what_the_content_shows()
    {
        var file = Write("pipes.txt", "userId|type|text\nmia|chat|a,b|c\n");

        await _ingest.ImportAsync(new ImportOptions([file], [], [], "csv") { Separator = "pipe" });
        Assert.Contains("The row has 4 cells, but the header has 3", _ingest.Output, StringComparison.Ordinal);

        Assert.Equal(ImportExit.AllRejected, await _ingest.ImportAsync(new ImportOptions([file], [], [], "ndjson")));
    }

    [Fact]
    public async Task A_pretty_printed_list_names_the_line_on_which_an_object_begins()
    {
        await _ingest.ImportAsync(Write("list.json", "[\n  {\n    \"userId\": \"mia\",\n    \"type\": \"wave\"\n  },\n  7,\n" + Noa + "\n]"));

        Assert.Equal(1, await _ingest.LoggedAsync());
        Assert.Contains("line 2: type is required", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains("line 6: The interaction must be a JSON object", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[" + Mia + ",\n" + Noa, "the list that begins on line 1 does not end", 2)]
    [InlineData("[" + Mia + ",\n{\"userId\":\"noa\",", "the object that begins on line 2 does not end", 1)]
    public async Task A_list_that_was_cut_off_is_reported_and_keeps_what_came_before(string content, string said, int logged)
    {
        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(Write("cut.json", content)));

        Assert.Equal(logged, await _ingest.LoggedAsync());
        Assert.Contains(said, _ingest.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_list_on_one_line_goes_on_where_it_was()
    {
        const int Items = 3 * ImportOptions.BatchSize;
        var file = Write("long.json", $"[{string.Join(',', Enumerable.Range(0, Items).Select(static i => $$"""{"eventId":"e{{i}}","userId":"u","type":"view","campaignId":"c"}"""))}]");
        using var interrupt = new CancellationTokenSource();
        _ingest.Progress.Reported = _ => interrupt.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _ingest.ImportOneAsync(file, interrupt.Token));
        _ingest.Progress.Reported = null;

        var (done, _) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.True(_ingest.Progress.DoneBefore > 0);
        Assert.Equal(Items, done.Totals.Accepted);
        Assert.Equal(Items, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task Times_in_NDJSON_that_the_API_does_not_take_are_read_and_unknown_fields_stay_refused()
    {
        await _ingest.ImportAsync(Write("times.ndjson", """
            {"userId":"mia","type":"chat","text":"a","occurredAt":1574553793442}
            {"userId":"noa","type":"chat","text":"b","occurredAt":1574553793443,"page":2}
            """));

        var chat = Assert.Single((await _ingest.Log.ReadUserAsync(new UserId("mia"), null, 10, CancellationToken.None)).Items);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1574553793442), chat.OccurredAt);
        Assert.Equal(1, await _ingest.LoggedAsync());
        Assert.Contains("page is not a field", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_is_said_to_be_empty(string content)
    {
        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(Write("empty.csv", content)));
        Assert.Contains("empty.csv could not be read: it is empty.", _ingest.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4 }, "Excel workbook")]
    [InlineData(new byte[] { (byte)'P', (byte)'A', (byte)'R', (byte)'1' }, "Parquet")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }, "zstd")]
    public async Task A_file_that_is_no_text_is_named(byte[] magic, string said)
    {
        File.WriteAllBytes(_ingest.PathOf("data.csv"), [.. magic, .. new byte[100]]);

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(_ingest.PathOf("data.csv")));
        Assert.Contains(said, _ingest.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_and_a_missing_file_are_named_and_keep_nothing_else_out()
    {
        Directory.CreateDirectory(_ingest.PathOf("folder"));
        var file = Write("there.ndjson", Mia);

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(new ImportOptions([_ingest.PathOf("folder"), _ingest.PathOf("missing"), file], [], [], null)));

        Assert.Contains("it is a directory", _ingest.Errors, StringComparison.Ordinal);
        Assert.Contains("there is no such file", _ingest.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task Compression_is_known_by_content()
    {
        using (var gzip = new GZipStream(File.Create(_ingest.PathOf("packed.csv")), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes("userId,type,text\nmia,chat,a\n"));
        }

        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(_ingest.PathOf("packed.csv")));
        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(Write("unpacked.ndjson.gz", Noa)));
        Assert.Equal(2, await _ingest.LoggedAsync());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    public void A_pipe_may_be_compressed_and_is_told_when_it_was_cut_off(int cut, bool isCut)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Mia, 100))));
        }

        using var input = InputFile.Open(InputFile.StandardInput, new MemoryStream(packed.ToArray()[..^cut]), null);
        using var text = new StreamReader(input.Content);
        if (isCut)
        {
            Assert.Throws<InvalidDataException>(text.ReadToEnd);
        }
        else
        {
            Assert.Equal(100, text.ReadToEnd().Split('\n').Length);
        }

        Assert.False(input.IsRepeatable);
    }

    [Fact]
    public async Task Campaigns_may_be_a_list()
    {
        var file = Write("campaigns.json", "[\n{\"campaignId\":\"a\",\"name\":\"A\",\"text\":\"about a\"},\n{\"campaignId\":\"b\",\"name\":\"B\",\"text\":\"\"}\n]");

        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(new ImportOptions([], [file], [], null)));
        Assert.Equal(2, (await _ingest.Get<ICatalog>().CampaignsAsync(CancellationToken.None)).Count);
    }

    private string Write(string name, string content)
    {
        File.WriteAllText(_ingest.PathOf(name), content);
        return _ingest.PathOf(name);
    }
}
