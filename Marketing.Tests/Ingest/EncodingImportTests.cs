using System.IO.Compression;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest.Import;
using Marketing.Ingest.Import.Text;

namespace Marketing.Tests.Ingest;

public sealed class EncodingImportTests : IDisposable
{
    private const string Csv = "userId,type,text,occurredAt\nmia,chat,café,2026-01-01T00:00:00Z\nnoa,chat,tea,2026-01-01T00:00:00Z\n";
    private const string Ndjson = """
        {"userId":"mia","type":"chat","text":"café","occurredAt":"2026-01-01T00:00:00Z"}
        {"userId":"noa","type":"chat","text":"tea","occurredAt":"2026-01-01T00:00:00Z"}
        """;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Theory]
    [InlineData("a.csv", false)]
    [InlineData("a.csv.gz", true)]
    [InlineData("a.ndjson", false)]
    [InlineData("a.ndjson.gz", true)]
    public async Task Bytes_that_are_no_utf8_are_a_rejected_line_with_its_place(string name, bool compressed)
    {
        var file = Write(name, Encoding.Latin1.GetBytes(name.Contains("csv", StringComparison.Ordinal) ? Csv : Ndjson), compressed);

        Assert.Equal(ImportExit.Done, await _ingest.ImportAsync(file));

        Assert.Empty(await TextsAsync("mia"));
        Assert.Equal(["tea"], await TextsAsync("noa"));
        Assert.Contains("is not valid utf-8", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains(name.Contains("csv", StringComparison.Ordinal) ? "line 2: text: " : "line 1: ", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains("(0xE9)", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains("--encoding windows-1252", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "latin1", false)]
    [InlineData("a.csv.gz", "iso-8859-1", true)]
    [InlineData("a.ndjson", "windows-1252", false)]
    [InlineData("a.ndjson.gz", "cp1252", true)]
    public async Task An_option_says_what_the_bytes_are(string name, string encoding, bool compressed)
    {
        var file = Write(name, Encoding.Latin1.GetBytes(name.Contains("csv", StringComparison.Ordinal) ? Csv : Ndjson), compressed);

        Assert.Equal(ImportExit.Done, await ImportAsync(file, encoding));

        Assert.Equal(["café"], await TextsAsync("mia"));
        Assert.Contains("2 accepted, 0 already there, 0 rejected", _ingest.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_says_it_without_an_option(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        var file = Write("marked.csv", [.. text.GetPreamble(), .. text.GetBytes(Csv.Replace("café", "café 你好 😀", StringComparison.Ordinal))]);

        await _ingest.ImportAsync(file);

        Assert.Equal(["café 你好 😀"], await TextsAsync("mia"));
    }

    [Fact]
    public async Task Utf16_without_a_mark_is_known_by_its_zero_bytes_and_named()
    {
        await _ingest.ImportAsync(Write("plain.csv", Encoding.Unicode.GetBytes(Csv)));

        Assert.Equal(["café"], await TextsAsync("mia"));
        Assert.Contains("in utf-16le", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_against_the_byte_order_mark_is_refused()
    {
        var file = Write("marked.csv", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Csv)]);

        Assert.Equal(ImportExit.Unreadable, await ImportAsync(file, "windows-1252"));
        Assert.Contains("byte order mark of utf-8, but --encoding says windows-1252", _ingest.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task Quotation_marks_of_windows_1252_are_not_taken_for_controls_of_latin1()
    {
        var file = Write("quotes.csv", Windows1252.GetBytes("userId,type,text\nmia,chat,“hello”\nnoa,chat,plain\n"));

        await ImportAsync(file, "latin1");

        Assert.Empty(await TextsAsync("mia"));
        Assert.Contains("try --encoding windows-1252", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_no_text_is_said_to_be()
    {
        var file = Write("header.csv", Encoding.Latin1.GetBytes("userId,type,text,präferenz\nmia,chat,hi,x\n"));

        Assert.Equal(ImportExit.Unreadable, await _ingest.ImportAsync(file));
        Assert.Contains("its header is not valid utf-8", _ingest.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_text_cannot_be_replayed_as_something_else()
    {
        await _ingest.ImportAsync(Write("a.ndjson", Encoding.Latin1.GetBytes(Ndjson)));

        var letter = Assert.Single((await _ingest.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Null(letter.Payload);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1 << 15)]
    public void Bytes_without_a_character_stay_invalid_wherever_a_read_ends(int size)
    {
        var japanese = TextEncoding.Parse("shift_jis");
        byte[] text = [.. japanese.Decoder!.GetBytes(new string('日', (1 << 14) + 3)), 0xFF, .. "end"u8];
        using var stream = new TranscodedStream(new MemoryStream(text), japanese);
        using var all = new MemoryStream();
        stream.CopyTo(all, size);

        var result = all.ToArray();
        Assert.Equal((3 * ((1 << 14) + 3)) + 1 + 3, result.Length);
        Assert.Equal(0xFF, result[^4]);
    }

    [Theory]
    [InlineData("latin9000")]
    [InlineData("utf-7")]
    [InlineData("")]
    public void An_encoding_that_is_not_known_is_refused_with_what_would_be(string name) =>
        Assert.Contains("windows-1252", Assert.Throws<FormatException>(() => TextEncoding.Parse(name)).Message, StringComparison.Ordinal);

    private Task<int> ImportAsync(string file, string encoding) =>
        _ingest.ImportAsync(new ImportOptions([file], [], [], null) { Encoding = encoding });

    private async Task<IEnumerable<string?>> TextsAsync(string user) =>
        (await _ingest.Log.ReadUserAsync(new UserId(user), null, 10, CancellationToken.None)).Items.Select(static chat => chat.Text);

    private string Write(string name, byte[] content, bool compressed = false)
    {
        using var file = File.Create(_ingest.PathOf(name));
        using Stream text = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        text.Write(content);
        return file.Name;
    }
}
