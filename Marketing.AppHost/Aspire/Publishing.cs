namespace Marketing.AppHost;

/// <summary>Settings for publishing.</summary>
/// <remarks>
/// Published files contain no parameter values, so publishing must neither prompt for values nor cache them, which is Aspire's default.
/// Deploying does both.
/// </remarks>
internal static class Publishing
{
    private const string Step = "publish";

    /// <summary>The extra settings for a run with these arguments.</summary>
    public static string[] Settings(string[] args)
    {
        IConfiguration given = new ConfigurationBuilder().AddCommandLine(args).Build();
        return given["operation"] == "publish" && (given["step"] ?? Step) == Step ? ["--Pipeline:ClearCache=true"] : [];
    }

    /// <summary>When publishing, gives an unset setting a placeholder, so that Aspire does not prompt for it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="key">The setting that a parameter reads.</param>
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
