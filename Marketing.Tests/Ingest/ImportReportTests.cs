using Marketing.Domain.Ports;
using Marketing.Ingest.Import;

namespace Marketing.Tests.Ingest;

public sealed class ImportReportTests : IDisposable
{
    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task The_first_rejected_lines_are_shown_with_their_reasons()
    {
        await _ingest.ImportAsync(_ingest.Write("mixed.ndjson", ["""{"userId":"mia","type":"wave"}""", .. Enumerable.Repeat("""{"type":"chat","text":"x"}""", 8), Valid(1)]));

        Assert.Contains("  line 1: type is required", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains("  line 2: userId is required", _ingest.Output, StringComparison.Ordinal);
        Assert.Contains("  and 4 more", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_every_line_fails_for_one_reason_it_is_said_once_and_the_exit_code_says_it()
    {
        var file = _ingest.Write("times.csv", ["userId,type,text,occurredAt", .. Enumerable.Range(1, 2000).Select(static i => $"u{i},chat,hello,day {i}")]);

        Assert.Equal(ImportExit.AllRejected, await _ingest.ImportAsync(file));

        Assert.Contains("every line rejected for the same reason, as on line 2: occurredAt must be a time", _ingest.Output, StringComparison.Ordinal);
        Assert.Single(_ingest.Output.Split('\n'), static line => line.Contains("occurredAt must be", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Corrected_and_imported_again_its_dead_letters_are_gone()
    {
        var file = _ingest.Write("events.csv", ["userId,type,text,occurredAt", .. Enumerable.Range(1, 700).Select(static i => $"u{i},chat,hello,0{1 + (i % 9)}.01.26")]);
        var other = _ingest.Write("other.csv", "userId,type", "mia,wave");
        await _ingest.ImportAsync(file);
        await _ingest.ImportAsync(other);
        Assert.Equal(701, await _ingest.Get<IDeadLetters>().CountAsync(CancellationToken.None));

        await _ingest.ImportAsync(new ImportOptions([file], [], [], null) { TimeFormat = "dd.MM.yy" });

        Assert.Equal("file:other.csv", Assert.Single((await LettersAsync()).Items).Source);
        Assert.Contains("removed 700 dead letters of an earlier import of this file", _ingest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_wrong_in_a_corrected_file_is_kept()
    {
        var file = _ingest.Write("events.ndjson", """{"userId":"mia","type":"wave"}""", """{"userId":"noa","type":"wave"}""");
        await _ingest.ImportAsync(file);
        _ingest.Write("events.ndjson", """{"userId":"mia","type":"chat","text":"hello"}""", """{"userId":"noa","type":"wave"}""");

        await _ingest.ImportAsync(file);

        Assert.Equal("noa", Assert.Single((await LettersAsync()).Items).UserId?.Value);
    }

    [Fact]
    public async Task Files_of_one_name_in_two_folders_keep_their_own_letters()
    {
        Directory.CreateDirectory(_ingest.PathOf("monday"));
        Directory.CreateDirectory(_ingest.PathOf("tuesday"));
        await _ingest.ImportAsync(_ingest.Write("monday/events.ndjson", """{"userId":"mia","type":"wave"}"""));
        await _ingest.ImportAsync(_ingest.Write("tuesday/events.ndjson", Valid(1)));

        Assert.Single((await LettersAsync()).Items);
    }

    [Fact]
    public async Task An_import_that_is_resumed_with_other_options_begins_again()
    {
        var file = _ingest.Write("long.csv", ["userId,type,text,occurredAt", .. Enumerable.Range(1, 3 * ImportOptions.BatchSize).Select(static i => $"u{i},chat,hello,05/06/2026")]);
        var wrong = new ImportOptions([file], [], [], null) { TimeFormat = "dd/MM/yyyy" };
        using var interrupt = new CancellationTokenSource();
        _ingest.Progress.Reported = _ => interrupt.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _ingest.ImportOneAsync(wrong, interrupt.Token));
        _ingest.Progress.Reported = null;

        var (done, _) = await _ingest.ImportOneAsync(wrong with { TimeFormat = "MM/dd/yyyy" }, CancellationToken.None);

        Assert.Equal(0, _ingest.Progress.DoneBefore);
        Assert.Equal(3 * ImportOptions.BatchSize, done.Totals.Accepted);
    }

    [Theory]
    [InlineData(ImportExit.Done, ImportExit.AllRejected, ImportExit.AllRejected)]
    [InlineData(ImportExit.AllRejected, ImportExit.Unreadable, ImportExit.Unreadable)]
    [InlineData(ImportExit.Unreadable, ImportExit.Done, ImportExit.Unreadable)]
    public void The_worst_file_gives_the_exit_code(int one, int other, int both) => Assert.Equal(both, ImportExit.Worse(one, other));

    private Task<Page<DeadLetter>> LettersAsync() => _ingest.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None);

    private static string Valid(int number) => $$"""{"eventId":"e-{{number}}","userId":"u","type":"view","campaignId":"c"}""";
}
