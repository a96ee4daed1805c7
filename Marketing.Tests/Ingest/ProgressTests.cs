using Marketing.Ingest.Progress;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace Marketing.Tests.Ingest;

public sealed class ProgressTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_log_has_a_line_every_two_seconds_with_records_rate_share_and_time_left()
    {
        var lines = new ProgressLines(_output, _time);
        lines.Start("chats.csv", 1_000, doneBefore: 0, "records");
        _time.Advance(TimeSpan.FromSeconds(1));
        lines.Report(100, Accepted(200));
        _time.Advance(TimeSpan.FromSeconds(1));
        lines.Report(250, Accepted(500));

        Assert.Equal("chats.csv: 500 records, 250/s, 25 %, 00:00:06 left\n", _output.ToString());
    }

    [Fact]
    public void What_an_earlier_run_imported_counts_neither_in_the_rate_nor_in_the_time_left()
    {
        var lines = new ProgressLines(_output, _time);
        lines.Start("chats.csv", 1_000, doneBefore: 600, "records");
        lines.Report(600, Accepted(600));
        _time.Advance(TimeSpan.FromSeconds(2));
        lines.Report(800, Accepted(800));

        Assert.Equal("chats.csv: continues after 600 records\nchats.csv: 800 records, 100/s, 80 %, 00:00:02 left\n", _output.ToString());
    }

    [Fact]
    public void Of_a_length_that_nobody_knows_there_is_no_share_and_no_time_left()
    {
        var lines = new ProgressLines(_output, _time);
        lines.Start("standard input", null, doneBefore: 0, "records");
        _time.Advance(TimeSpan.FromSeconds(2));
        lines.Report(4_096, Accepted(500));

        Assert.Equal("standard input: 500 records, 250/s\n", _output.ToString());
    }

    [Fact]
    public async Task A_terminal_keeps_the_last_state_of_the_bar()
    {
        var bar = new ProgressBar(Terminal(), _time);
        bar.Start("chats [1].csv", 1_000, doneBefore: 0, "records");
        _time.Advance(TimeSpan.FromSeconds(2));
        bar.Report(1_000, Accepted(2_000));
        await bar.StopAsync();

        Assert.Matches(@"100%\s+2,000 records\s+1,000/s\s+00:00:00 left", _output.ToString());
        Assert.Contains("chats [1].csv", _output.ToString(), StringComparison.Ordinal);
    }

    private static ImportTotals Accepted(long records) => new(records, Duplicates: 0, Rejected: 0);

    private IAnsiConsole Terminal()
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(_output),
        });
        terminal.Profile.Width = 120;
        return terminal;
    }
}
