# What the scripts in this folder share. Sourced, not run.

# tool COMMAND PACKAGE: a cargo command, installed where it is missing.
tool() {
    cargo "$1" --version >/dev/null 2>&1 || cargo install --quiet --locked "$2"
}

# system COMMAND PACKAGE: a program, installed from the system's packages where it is missing.
system() {
    if [ -z "$1" ] || ! command -v "$1" >/dev/null; then
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "$2"
    fi
}

# nightly [COMPONENT...]: the toolchain, and parts of it, installed where they are missing.
nightly() {
    rustup toolchain list | grep -q ^nightly || rustup toolchain install nightly --profile minimal
    local component
    for component in "$@"; do
        rustup component list --toolchain nightly --installed | grep -q "^$component" ||
            rustup component add --toolchain nightly "$component"
    done
}
