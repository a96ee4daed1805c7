namespace Marketing.AppHost;

/// <summary>A store is a server given by its connection string, else a container, else embedded in the process that uses it.</summary>
internal static class Stores
{
    /// <summary>
    /// The server behind <c>ConnectionStrings:{name}</c> when that is set; else the container, when a container engine
    /// can run it and <c>Containers:{name}</c> does not say otherwise; else null: the store is embedded, or left out. Where the
    /// servers are somebody else's to run, what is published has room for the connection string of each.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the store and of its connection string.</param>
    /// <param name="container">Adds the container, under that name; null where none stands for the store.</param>
    /// <param name="byDefault">Whether there is a container when <c>Containers:{name}</c> is not set.</param>
    public static IResourceBuilder<IResourceWithConnectionString>? AddStore(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<IDistributedApplicationBuilder, string, IResourceBuilder<IResourceWithConnectionString>?>? container = null,
        bool byDefault = true)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)))
        {
            return builder.AddConnectionString(name);
        }

        if (builder.HasServersOfItsOwn())
        {
            builder.NeedsNoValueToPublish($"ConnectionStrings:{name}");
            return builder.AddConnectionString(name);
        }

        return container is not null && builder.Configuration.GetValue($"Containers:{name}", byDefault)
            ? builder.AddContainer(name, container)
            : null;
    }

    /// <summary>Hands the project each store that is a server, and holds the project back until that server is healthy.</summary>
    public static IResourceBuilder<ProjectResource> WithStores(
        this IResourceBuilder<ProjectResource> project,
        params IResourceBuilder<IResourceWithConnectionString>?[] stores)
    {
        // The connection string is all that a store's client reads; the password need not be in six variables more.
        project.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString);
        foreach (var store in stores)
        {
            if (store is not null)
            {
                project.WithReference(store).WaitFor(store);
            }
        }

        return project;
    }

    /// <summary>How many copies of a program: <c>{section}:Replicas</c>; else one, or two where a cluster runs them.</summary>
    public static int Replicas(this IDistributedApplicationBuilder builder, string section) =>
        builder.Configuration.GetValue($"{section}:Replicas", builder.HasServersOfItsOwn() ? 2 : 1);

    /// <summary>How many APIs.</summary>
    /// <exception cref="DistributedApplicationException">More than one, although a store of theirs is embedded.</exception>
    public static int ApiReplicas(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString>? milvus,
        IResourceBuilder<IResourceWithConnectionString>? redis)
    {
        var replicas = builder.Replicas("Api");
        return replicas == 1 || (milvus is not null && redis is not null)
            ? replicas
            : throw new DistributedApplicationException(
                $"Api:Replicas is {replicas}; it must be 1 while milvus or redis is embedded, since an embedded store belongs to one process.");
    }
}
