namespace Marketing.AppHost;

/// <summary>
/// Publishing writes files, and files have no values in them: none is asked for, and none is remembered from one time to the
/// next, as Aspire would. Deploying does both.
/// </summary>
internal static class Publishing
{
    private const string Step = "publish";

    /// <summary>Settings for a run with these arguments.</summary>
    public static string[] Settings(string[] args)
    {
        IConfiguration given = new ConfigurationBuilder().AddCommandLine(args).Build();
        return given["operation"] == "publish" && (given["step"] ?? Step) == Step ? ["--Pipeline:ClearCache=true"] : [];
    }

    /// <summary>Where files are published, gives a setting that a person has not given a value that stands for theirs.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="key">The setting that a parameter of the files reads.</param>
    public static void NeedsNoValueToPublish(this IDistributedApplicationBuilder builder, string key)
    {
        if (builder.ExecutionContext.IsPublishMode
            && (builder.Configuration["Pipeline:Step"] ?? Step) == Step
            && string.IsNullOrWhiteSpace(builder.Configuration[key]))
        {
            builder.Configuration[key] = "not published";
        }
    }
}
