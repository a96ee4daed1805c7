using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Marketing.Ingest.Progress;

/// <summary>A progress bar with rate and remaining time, for a terminal.</summary>
internal sealed class ProgressBar(IAnsiConsole console, TimeProvider time) : IProgressDisplay
{
    private readonly StateColumn _state = new();
    private TaskCompletionSource _stopped = new();
    private Task _display = Task.CompletedTask;
    private ProgressTask? _task;
    private ProgressRate? _rate;
    private string _unit = string.Empty;

    public void Start(string name, long? length, long doneBefore, string unit)
    {
        _rate = new ProgressRate(time, length, doneBefore);
        _unit = unit;
        _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _display = console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), _state)
            .StartAsync(async context =>
            {
                _task = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, length ?? 1));
                _task.IsIndeterminate = length is null;
                await _stopped.Task;
            });
    }

    public void Report(long position, ImportTotals totals)
    {
        if (_task is null || _rate is null)
        {
            return;
        }

        var left = _rate.Left(position) is { } time ? string.Create(CultureInfo.InvariantCulture, $"  {time:hh\\:mm\\:ss} left") : "";
        _task.Value = position;
        _state.Content = string.Create(CultureInfo.InvariantCulture, $"{totals.Records:N0} {_unit}  {_rate.PerSecond(totals.Records):N0}/s{left}");
    }

    public async ValueTask StopAsync()
    {
        _task?.StopTask();
        _stopped.TrySetResult();
        await _display;
        _task = null;
    }

    /// <summary>The column with records, rate and remaining time.</summary>
    private sealed class StateColumn : ProgressColumn
    {
        public string Content { get; set; } = string.Empty;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(Content);
    }
}
