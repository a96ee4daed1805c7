using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Ingest.Import;
using Marketing.Ingest.Progress;

namespace Marketing.Tests.Ingest;

public sealed class ImportTests : IDisposable
{
    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task Valid_lines_are_taken_in_and_the_others_are_named_beside_the_file()
    {
        var file = _ingest.Write("mixed.ndjson", Line(1), """{"userId":"u","type":"wave"}""", "", "no json", Line(2));

        Assert.Equal(0, await _ingest.ImportAsync(file));

        Assert.Equal(2, await _ingest.LoggedAsync());
        var rejects = File.ReadLines(file + ".rejects.ndjson").Select(Parse).ToList();
        Assert.Equal([(2, "type"), (4, "")], rejects.Select(reject => (reject.GetProperty("line").GetInt32(), reject.GetProperty("field").GetString()!)));
        Assert.Contains("chat, view, click, convert, dismiss", rejects[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rejected_is_kept_as_a_dead_letter_with_its_reason()
    {
        await _ingest.ImportAsync(_ingest.Write("mixed.ndjson", Line(1), """{"userId":"mia","type":"wave"}"""));

        var letter = Assert.Single((await _ingest.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Equal("file:mixed.ndjson", letter.Source);
        Assert.Contains("line 2: type is required", letter.Error, StringComparison.Ordinal);
        Assert.Equal(new UserId("mia"), letter.UserId);
    }

    [Fact]
    public async Task A_file_that_is_imported_twice_is_counted_once()
    {
        var file = _ingest.Write("twice.ndjson", Line(1), Line(2), """{"userId":"u","type":"chat","text":"no id","occurredAt":"2026-01-01T00:00:00Z"}""");

        await _ingest.ImportAsync(file);
        await _ingest.ImportAsync(file);

        Assert.Equal(3, await _ingest.LoggedAsync());
        Assert.Contains("0 accepted, 3 already there", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_whose_id_belongs_to_another_interaction_is_a_conflict_and_is_kept_as_a_dead_letter()
    {
        var file = _ingest.Write(
            "conflict.ndjson", Line(1), Line(1), """{"eventId":"e-1","userId":"mia","type":"chat","text":"<hi>","occurredAt":"2026-01-01T00:00:00Z"}""");

        var (done, rejects) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.Equal(new ImportTotals(1, 1, 0, Conflicts: 1), done.Totals);
        var reject = Parse(Assert.Single(File.ReadLines(rejects!)));
        Assert.Equal((3, "eventId"), (reject.GetProperty("line").GetInt32(), reject.GetProperty("field").GetString()));
        var letter = Assert.Single((await _ingest.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Items);
        Assert.Equal(new UserId("mia"), letter.UserId);
        Assert.Equal("<hi>", Parse(letter.Payload!).GetProperty("text").GetString());
        Assert.Equal(0, await _ingest.ImportAsync(file));
        Assert.Contains("2 already there, 1 in conflict with another interaction with the same id, 0 rejected", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_times_that_is_corrected_and_imported_again_adds_what_was_missing_and_takes_its_letters_back()
    {
        const string View = """{"userId":"u","type":"view","campaignId":"c"}""";
        var letters = _ingest.Get<IDeadLetters>();
        await _ingest.ImportAsync(_ingest.Write("other.ndjson", "broken"));
        var file = _ingest.Write("views.ndjson", View, View, """{"userId":"u","type":"vue","campaignId":"c"}""", "broken");
        await _ingest.ImportAsync(file);
        Assert.Equal((2, 3), (await _ingest.LoggedAsync(), await letters.CountAsync(CancellationToken.None)));

        _ingest.Write("views.ndjson", View, View, View, "broken");
        var (done, _) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.Equal(new ImportTotals(1, 2, 1), done.Totals);
        Assert.Equal(
            ["file:other.ndjson", "file:views.ndjson"],
            (await letters.ListAsync(null, 10, CancellationToken.None)).Items.Select(letter => letter.Source).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_erased_user_had_in_a_file_is_not_taken_in_again_and_leaves_no_letter()
    {
        var file = _ingest.Write("erased.ndjson", Line(1), """{"userId":"u-1","type":"view","campaignId":"c"}""", Line(2));
        await _ingest.ImportAsync(file);
        await _ingest.Get<IPersonalData>().EraseAsync(new UserId("u-1"), CancellationToken.None);

        var (done, rejects) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.Equal(new ImportTotals(0, 1, 0, Erased: 2), done.Totals);
        Assert.Null(rejects);
        Assert.Equal(0, await _ingest.Get<IDeadLetters>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_interrupted_import_goes_on_where_it_was_and_counts_nothing_twice()
    {
        const int Lines = 4 * ImportOptions.BatchSize;
        var file = _ingest.Write("long.ndjson", [.. Enumerable.Range(1, Lines).Select(i => i % 1000 == 0 ? "broken" : Line(i))]);
        using var interrupt = new CancellationTokenSource();
        _ingest.Progress.Reported = _ => interrupt.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _ingest.ImportOneAsync(file, interrupt.Token));
        var before = await _ingest.LoggedAsync();
        _ingest.Progress.Reported = null;

        var (done, _) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.InRange(before, 1, Lines - 1);
        Assert.True(_ingest.Progress.DoneBefore > 0);
        Assert.Equal(new ImportTotals(Lines - (Lines / 1000), 0, Lines / 1000), done.Totals);
        Assert.Equal(Lines - (Lines / 1000), await _ingest.LoggedAsync());
        Assert.Equal(Lines / 1000, File.ReadLines(file + ".rejects.ndjson").Count());
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_interrupted_is_read_from_its_start()
    {
        var file = _ingest.Write("changing.ndjson", [.. Enumerable.Range(1, 2 * ImportOptions.BatchSize).Select(Line)]);
        using var interrupt = new CancellationTokenSource();
        _ingest.Progress.Reported = _ => interrupt.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _ingest.ImportOneAsync(file, interrupt.Token));
        _ingest.Write("changing.ndjson", Line(900_001), Line(900_002));

        var (done, _) = await _ingest.ImportOneAsync(file, CancellationToken.None);

        Assert.Equal(2, done.Totals.Accepted);
    }

    [Fact]
    public async Task Compressed_files_that_were_joined_are_read_to_the_end()
    {
        var file = _ingest.PathOf("joined.ndjson.gz");
        File.WriteAllBytes(file, [.. Compress(Line(1), Line(2)), .. Compress(Line(3))]);

        Assert.Equal(0, await _ingest.ImportAsync(file));
        Assert.Equal(3, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task A_compressed_file_that_breaks_off_keeps_what_came_before_and_is_reported()
    {
        var file = _ingest.PathOf("broken.ndjson.gz");
        var whole = Compress([.. Enumerable.Range(1, 4 * ImportOptions.BatchSize).Select(Line)]);
        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);

        Assert.Equal(1, await _ingest.ImportAsync(file));
        Assert.True(await _ingest.LoggedAsync() >= ImportOptions.BatchSize);
    }

    [Fact]
    public async Task A_line_larger_than_any_interaction_is_refused_and_the_next_one_is_read()
    {
        var file = _ingest.Write("large.ndjson", new string('x', 5_000_000), Line(1));

        await _ingest.ImportAsync(file);

        Assert.Equal(1, await _ingest.LoggedAsync());
        Assert.Contains("must not be larger than", File.ReadAllText(file + ".rejects.ndjson"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_does_not_keep_the_others_out()
    {
        var file = _ingest.Write("there.ndjson", Line(1));
        var options = new ImportOptions([_ingest.PathOf("missing.ndjson"), file], [], [], null);

        Assert.Equal(1, await _ingest.Get<ImportRun>().RunAsync(options, CancellationToken.None));
        Assert.Equal(1, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task Campaigns_are_stored_and_the_wrong_ones_named()
    {
        var file = _ingest.Write("c.ndjson", """{"campaignId":"a","name":"A","text":"about a"}""", """{"campaignId":"b"}""");

        await _ingest.Get<ImportRun>().RunAsync(new ImportOptions([], [file], [], null), CancellationToken.None);

        Assert.Equal(new CampaignId("a"), Assert.Single(await _ingest.Get<ICatalog>().CampaignsAsync(CancellationToken.None)).Id);
        Assert.Equal("name", Parse(Assert.Single(File.ReadLines(file + ".rejects.ndjson"))).GetProperty("field").GetString());
    }

    private static string Line(int number) =>
        $$"""{"eventId":"e-{{number}}","userId":"u-{{number % 97}}","type":"view","campaignId":"c","occurredAt":"2026-01-01T00:00:00Z"}""";

    private static byte[] Compress(params string[] lines)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }

        return compressed.ToArray();
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
