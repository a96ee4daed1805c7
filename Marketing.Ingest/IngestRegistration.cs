using Marketing.Ingest.Backup;
using Marketing.Ingest.Copy;
using Marketing.Ingest.Generate;
using Marketing.Ingest.Import;
using Marketing.Ingest.Progress;
using Marketing.Projections.Audit;
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
        builder.AddMarketingLog().AddAudit();
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
            .AddSingleton<BackupRun>();
        return builder.AddOutputs(output);
    }

    /// <summary>Adds the command that checks a backup.</summary>
    public static IHostApplicationBuilder AddVerifyCommand(this IHostApplicationBuilder builder, TextWriter output)
    {
        builder.AddBackupCheck();
        builder.Services.AddSingleton(output).AddSingleton<VerifyRun>();
        return builder;
    }

    /// <summary>Adds the command that restores a backup.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="to">The data directory; null is the configured one.</param>
    /// <param name="output">The writer for results.</param>
    public static IHostApplicationBuilder AddRestoreCommand(this IHostApplicationBuilder builder, string? to, TextWriter output)
    {
        if (to is not null)
        {
            builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataDirectory)}"] = Path.GetFullPath(to);
        }

        // Nobody waits for a folder that is in use: the product that has it does not end by itself.
        builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.OwnerTimeout)}"] = "00:00:00";
        builder.AddLogRestore();
        builder.Services.AddSingleton(output).AddSingleton<RestoreRun>();
        return builder;
    }

    /// <summary>Adds the command that copies the log between its embedded form and MongoDB.</summary>
    public static IHostApplicationBuilder AddCopyCommand(this IHostApplicationBuilder builder, TextWriter output)
    {
        builder.AddLogCopy();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<CopyLogRun>();
        return builder.AddOutputs(output);
    }

    private static IHostApplicationBuilder AddOutputs(this IHostApplicationBuilder builder, TextWriter output)
    {
        builder.Services
            .AddSingleton(static provider => Display(provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(new ErrorOutput(System.Console.Error))
            .AddSingleton(output);
        return builder;
    }

    private static IProgressDisplay Display(TimeProvider time) => System.Console.IsErrorRedirected
        ? new ProgressLines(System.Console.Error, time)
        : new ProgressBar(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }), time);
}
