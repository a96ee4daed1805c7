using Marketing.Ingest.Generate;
using Marketing.Ingest.Import;
using Marketing.Ingest.Progress;
using Marketing.Projections.Workers;
using Marketing.Stores;
using Spectre.Console;

namespace Marketing.Ingest;

/// <summary>Registers the commands and their services.</summary>
internal static class IngestRegistration
{
    /// <summary>Adds the commands, with the log and the catalog that they write to; results go to <paramref name="output"/>.</summary>
    public static IHostApplicationBuilder AddIngestCommands(this IHostApplicationBuilder builder, TextWriter output)
    {
        builder.AddMarketingLog();
        builder.Services
            .AddSingleton<PendingSignal>()
            .AddIngestion()
            .AddSingleton<ImportFolder>()
            .AddSingleton<CheckpointStore>()
            .AddSingleton<RejectLetters>()
            .AddSingleton<FileImport>()
            .AddSingleton<CampaignImport>()
            .AddSingleton<ImportRun>()
            .AddSingleton<WorldLoad>()
            .AddSingleton(static provider => Display(provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(new ErrorOutput(System.Console.Error))
            .AddSingleton(output);
        return builder;
    }

    private static IProgressDisplay Display(TimeProvider time) => System.Console.IsErrorRedirected
        ? new ProgressLines(System.Console.Error, time)
        : new ProgressBar(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }), time);
}
