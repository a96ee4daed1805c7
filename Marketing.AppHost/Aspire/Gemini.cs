namespace Marketing.AppHost;

/// <summary>Configures Gemini as the embedding service.</summary>
internal static class Gemini
{
    private const string Key = "Gemini:ApiKey";

    /// <summary>Adds the API key as a secret parameter; null in run mode without a key.</summary>
    /// <remarks>Published files always contain the parameter.</remarks>
    public static IResourceBuilder<ParameterResource>? AddGemini(this IDistributedApplicationBuilder builder)
    {
        builder.NeedsNoValueToPublish(Key);
        return builder.ExecutionContext.IsPublishMode || !string.IsNullOrWhiteSpace(builder.Configuration[Key])
            ? builder.AddParameterFromConfiguration("gemini-api-key", Key, secret: true)
            : null;
    }

    /// <summary>Passes the key to the program, if there is one.</summary>
    public static IResourceBuilder<ProjectResource> WithGemini(
        this IResourceBuilder<ProjectResource> program, IResourceBuilder<ParameterResource>? key) =>
        key is null ? program : program.WithEnvironment("Gemini__ApiKey", key);
}
